/**
 * Every expected failure of the app. The code names a pair of sentences in
 * `assets/locales/<language>/errors.json`: `what` happened and what to do `next`.
 */
export const errorCodes = [
  // ~/.aws/config and ~/.aws/credentials
  'config-none',
  'config-empty',
  'config-no-access-key',
  'config-unreadable',
  'config-broken-line',
  'config-section-ignored',
  'config-key-without-secret',
  'config-secret-without-key',
  // MFA
  'mfa-code-wrong',
  'mfa-code-used',
  'mfa-serial-wrong',
  'mfa-device-unusable',
  'mfa-device-none',
  'mfa-device-lookup-denied',
  'mfa-device-several',
  // STS and IAM
  'clock-behind',
  'clock-ahead',
  'network-unreachable',
  'throttled',
  'access-key-unknown',
  'access-key-secret-wrong',
  'access-key-gone',
  'permission-denied',
  'duration-refused',
  'service-failed',
  'unexpected-answer',
  // hand-offs
  'session-none',
  'profile-changed',
  'session-expired',
  'terminal-none',
  'terminal-failed',
  'terminal-folder-missing',
  'export-unquotable',
  // role profiles, and entries that are no user or role profile
  'profile-unknown',
  'role-source-none',
  'role-source-missing',
  'role-source-loop',
  'role-source-no-key',
  'role-credential-source',
  'role-duration-invalid',
  'role-arn-invalid',
  'role-tags-invalid',
  'profile-sso',
  'profile-web-identity',
  'profile-credential-process',
  'profile-no-credentials',
  'profile-temporary-key',
  // AssumeRole, and the way to AWS
  'role-not-allowed',
  'role-denied',
  'role-permission-missing',
  'role-missing',
  'role-not-trusted',
  'role-external-id',
  'role-wants-mfa',
  'role-other-partition',
  'region-disabled',
  'role-duration-refused',
  'ca-bundle-unreadable',
  'proxy-invalid',
  'certificate-refused',
  // programs that wait
  'mfa-cancelled',
  'mfa-timeout',
  'account-mismatch',
  'time-too-short',
  'role-time-too-short',
  // Terraform projects
  'project-folder-missing',
  'project-empty',
  'project-broken',
  'project-parser-silent',
  'project-variables-missing',
  'project-plan-unreadable',
  'project-too-large',
  'project-changing',
  // the account guard
  'guard-mismatch',
  'guard-forbidden',
  'guard-unnamed',
  'guard-own-credentials',
  'guard-other-profile',
  'guard-unknown',
  'guard-statement-unknown',
  'guard-condition-fails',
  'guard-unstated',
  'guard-not-modelled',
  'guard-foreign-source',
  'guard-only-state',
  'guard-perhaps-state',
  'guard-runs-elsewhere',
  'guard-module-not-installed',
  'guard-module-too-deep',
  'guard-module-circle',
  'guard-module-too-many',
  'guard-module-broken',
  'guard-unwritable',
  'guard-credentials-replaced',
  'guard-account-not-typed',
  'guard-account-not-given',
  'guard-not-confirmed',
  'guard-refused',
  // the local API and the command line
  'request-invalid',
  'app-not-started',
  'app-needs-desktop',
  'app-not-answering',
  'app-socket-foreign',
  'app-quitting',
  'local-api-closed',
  'code-malformed',
  'command-not-found',
  // changes of the AWS files
  'install-name-taken',
  'install-none',
  'install-name-unusable',
  'profile-exists',
  'profile-name-unusable',
  'aws-file-fixed',
  'aws-file-changing',
  'aws-file-unwritable',
  // the vault
  'keychain-missing',
  'keychain-locked',
  'vault-unreadable',
  'vault-unwritable',
  'access-key-elsewhere',
  // the ledger
  'ledger-unreadable',
  'ledger-unwritable',
  // ending well
  'revoke-root',
  'entity-missing',
  'entity-protected',
  'policy-limit',
  'revocation-none',
  'revocation-not-confirmed',
  'access-keys-two',
  'access-key-not-proven',
  'access-key-replaced',
  'rotation-none',
  'rotation-not-confirmed',
  'console-base-session',
  'console-no-role',
  'console-partition-unknown',
  'console-refused',
  'browser-not-opened',
  'link-not-opened',
  // the app itself
  'settings-unwritable',
  'login-item-unwritable',
  'file-not-opened',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * An expected failure, as a value. `params` fill the placeholders of its sentences and never hold
 * a secret. Times in `params` are epoch milliseconds, durations seconds.
 */
export type AppError = {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
};

/** The outcome of anything that may fail in an expected way. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };
