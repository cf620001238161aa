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
  'session-expired',
  'terminal-none',
  'terminal-failed',
  'export-unquotable',
  // the app itself
  'settings-unwritable',
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

/** The outcome of whatever may fail in an expected way. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };
