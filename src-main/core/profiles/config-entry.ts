import type { AppError, Result } from '../../contract/app-error.ts';
import { roleSessionSeconds } from '../../contract/limits.ts';
import { appError, failed, succeeded } from '../errors.ts';
import { installedProfile } from '../aws-files/credential-process-line.ts';
import { parseSessionTags, type SessionTags } from './session-tags.ts';

/** A profile of the AWS files, with everything that both files say about it. */
export type ConfigEntry = { readonly name: string; readonly values: Readonly<Record<string, string | undefined>> };

/** `half`: an access key ID without its secret, or the reverse. `temporary`: a key with a session token; AWS makes no session from it. */
export type EntryKey = 'none' | 'half' | 'temporary' | 'long-term';

export function keyOf({ values }: ConfigEntry): EntryKey {
  const hasId = Boolean(values['aws_access_key_id']);
  const hasSecret = Boolean(values['aws_secret_access_key']);
  if (!hasId && !hasSecret) return 'none';
  if (!hasId || !hasSecret) return 'half';
  return values['aws_session_token'] || values['aws_security_token'] ? 'temporary' : 'long-term';
}

/** What a profile says about its own role. */
export type OwnRole = SessionTags & {
  readonly roleArn: string;
  readonly region: string | null;
  readonly externalId: string | null;
  readonly roleSessionName: string | null;
  /** Who acts, as CloudTrail shows it through a whole chain of roles. The AWS CLI does not send it. */
  readonly sourceIdentity: string | null;
  readonly durationSeconds: number;
  readonly mfaSerial: string | null;
};

/** The same of a role profile, with its `source_profile` as `source`. */
export type RoleSettings = OwnRole & { readonly source: string };

/** What AWS takes as the name of a role session and as a source identity (STS API reference, AssumeRole). */
const stsName = /^[\w+=,.@-]{2,64}$/;

/** Without `duration_seconds` AWS gives an hour (STS API reference, AssumeRole). */
const defaultSeconds = 3600;

/**
 * The role of an entry with `role_arn` and `source_profile`. Errors: `role-source-none`, and those of `ownRole`.
 */
export function roleSettings(entry: ConfigEntry): Result<RoleSettings> {
  const { source_profile: source } = entry.values;
  if (!source) return failed(appError('role-source-none', { profile: entry.name }));
  const role = ownRole(entry);
  return role.ok ? succeeded({ ...role.value, source }) : role;
}

/** Errors: `role-arn-invalid`, `role-duration-invalid`, `role-tags-invalid`, `role-name-invalid`. */
export function ownRole(entry: ConfigEntry): Result<OwnRole> {
  const { name: profile, values } = entry;
  const { role_arn: roleArn } = values;
  if (!roleArn || roleOf(roleArn) === null) return failed(appError('role-arn-invalid', { profile }));
  const durationSeconds = values['duration_seconds'] ?? String(defaultSeconds);
  if (!isDuration(durationSeconds)) return failed(appError('role-duration-invalid', { profile, value: durationSeconds }));
  const tags = parseSessionTags(values['session_tags'], values['transitive_session_tags']);
  if (tags === null) return failed(appError('role-tags-invalid', { profile }));
  const setting = ['role_session_name', 'source_identity'].find((name) => values[name] && !stsName.test(values[name]));
  if (setting !== undefined) return failed(appError('role-name-invalid', { profile, setting }));
  return succeeded({
    roleArn,
    region: values['region'] ?? null,
    externalId: values['external_id'] ?? null,
    roleSessionName: values['role_session_name'] || null,
    sourceIdentity: values['source_identity'] || null,
    durationSeconds: Number(durationSeconds),
    mfaSerial: values['mfa_serial'] ?? null,
    sessionTags: tags.sessionTags,
    transitiveTagKeys: tags.transitiveTagKeys,
  });
}

/** Whether a role is assumed with credentials that come from neither an access key nor another profile. A token in a file excludes `source_profile`, as in botocore. */
export function isForeignRole({ values }: ConfigEntry): boolean {
  return Boolean(values['role_arn']) && Boolean(values['web_identity_token_file'] || values['credential_source']);
}

/** Why an entry that has neither a whole long-term key, nor a role, nor a source that the app can use cannot be used. */
export function foreignCredentials(entry: ConfigEntry): AppError {
  const { name: profile, values } = entry;
  if (keyOf(entry) === 'half') return appError(values['aws_access_key_id'] ? 'config-key-without-secret' : 'config-secret-without-key', { profile });
  if (values['web_identity_token_file']) return appError('web-identity-no-role', { profile });
  const credentialSource = values['credential_source'];
  if (credentialSource && values['source_profile']) return appError('role-two-sources', { profile });
  if (credentialSource === 'Environment') return appError('role-source-environment', { profile });
  if (credentialSource && !values['role_arn']) return appError('role-source-without-role', { profile });
  if (credentialSource) return appError('role-credential-source', { profile, value: credentialSource });
  if (Object.keys(values).some((name) => name.startsWith('sso_'))) return appError('profile-sso', { profile });
  // It stands for itself: what it stood for before is known to no app, or to another one.
  if (installedProfile(values['credential_process'] ?? '') === profile) return appError('profile-in-place-unknown', { profile });
  return appError('profile-no-credentials', { profile });
}

/**
 * The account and the name in the ARN of a role, `arn:aws-cn:iam::111111111111:role/path/deploy`, of
 * any partition; null when it is not the ARN of a role (IAM user guide, "IAM identifiers").
 */
export function roleOf(roleArn: string): { readonly accountId: string; readonly roleName: string } | null {
  const [, accountId, roleName] = /^arn:[\w-]+:iam::(\d{12}):role\/(?:[!-.0-~]+\/)*([\w+=,.@-]{1,64})$/.exec(roleArn) ?? [];
  return accountId === undefined || roleName === undefined ? null : { accountId, roleName };
}

function isDuration(seconds: string): boolean {
  return /^\d{3,5}$/.test(seconds) && Number(seconds) >= roleSessionSeconds.min && Number(seconds) <= roleSessionSeconds.max;
}
