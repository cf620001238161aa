import type { AppError, Result } from '../../contract/app-error.ts';
import { roleSessionSeconds } from '../../contract/limits.ts';
import { appError, failed, succeeded } from '../errors.ts';
import { installedProfile } from './credential-process-line.ts';
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

/** What a role profile says about its own role. `source` is its `source_profile`. */
export type RoleSettings = SessionTags & {
  readonly roleArn: string;
  readonly source: string;
  readonly region: string | null;
  readonly externalId: string | null;
  readonly roleSessionName: string | null;
  /** Who acts, as CloudTrail shows it through a whole chain of roles. The AWS CLI does not send it. */
  readonly sourceIdentity: string | null;
  readonly durationSeconds: number;
  readonly mfaSerial: string | null;
};

/** What AWS takes as the name of a role session and as a source identity (STS API reference, AssumeRole). */
const stsName = /^[\w+=,.@-]{2,64}$/;

/** Without `duration_seconds` AWS gives an hour (STS API reference, AssumeRole). */
const defaultSeconds = 3600;

/**
 * The role of an entry with `role_arn`. A web identity token and `credential_source` win over
 * `source_profile` or exclude it, as in botocore. Errors: `profile-web-identity`,
 * `role-credential-source`, `role-source-none`, `role-arn-invalid`, `role-duration-invalid`, `role-tags-invalid`,
 * `role-name-invalid`.
 */
export function roleSettings(entry: ConfigEntry): Result<RoleSettings> {
  const { name: profile, values } = entry;
  if (values['web_identity_token_file'] || values['credential_source']) return failed(foreignCredentials(entry));
  const { source_profile: source, role_arn: roleArn } = values;
  if (!source) return failed(appError('role-source-none', { profile }));
  if (!roleArn || roleOf(roleArn) === null) return failed(appError('role-arn-invalid', { profile }));
  const durationSeconds = values['duration_seconds'] ?? String(defaultSeconds);
  if (!isDuration(durationSeconds)) return failed(appError('role-duration-invalid', { profile, value: durationSeconds }));
  const tags = parseSessionTags(values['session_tags'], values['transitive_session_tags']);
  if (tags === null) return failed(appError('role-tags-invalid', { profile }));
  const setting = ['role_session_name', 'source_identity'].find((name) => values[name] && !stsName.test(values[name]));
  if (setting !== undefined) return failed(appError('role-name-invalid', { profile, setting }));
  return succeeded({
    roleArn,
    source,
    region: values['region'] ?? null,
    externalId: values['external_id'] ?? null,
    roleSessionName: values['role_session_name'] || null,
    sourceIdentity: values['source_identity'] || null,
    durationSeconds: Number(durationSeconds),
    mfaSerial: values['mfa_serial'] ?? null,
    ...tags,
  });
}

/** Why an entry that has neither a whole long-term key nor a role cannot be used. */
export function foreignCredentials(entry: ConfigEntry): AppError {
  const { name: profile, values } = entry;
  const key = keyOf(entry);
  if (key === 'temporary') return appError('profile-temporary-key', { profile });
  if (key === 'half') return appError(values['aws_access_key_id'] ? 'config-key-without-secret' : 'config-secret-without-key', { profile });
  if (values['web_identity_token_file']) return appError('profile-web-identity', { profile });
  const credentialSource = values['credential_source'];
  if (credentialSource) return appError('role-credential-source', { profile, value: credentialSource });
  if (values['login_session']) return appError('profile-login-session', { profile });
  if (Object.keys(values).some((name) => name.startsWith('sso_'))) return appError('profile-sso', { profile });
  // It stands for itself: what it stood for before is known to no app, or to another one.
  if (installedProfile(values['credential_process'] ?? '') === profile) return appError('profile-in-place-unknown', { profile });
  if (values['credential_process']) return appError('profile-credential-process', { profile });
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
