import type { ForeignOrigin } from '../../contract/ui-state.ts';
import type { Result } from '../../contract/app-error.ts';
import { installedProfile, programIn } from '../aws-files/credential-process-line.ts';
import { appError, failed, succeeded } from '../errors.ts';
import type { AwsLoginPlace, IdentityCenterPlace } from '../sign-in/sign-in-places.ts';
import { loginSource } from './login-profile.ts';
import { isPortalProfile, portalSource, type SsoSessions } from './portal-profile.ts';
import { type ConfigEntry, foreignCredentials, keyOf, type OwnRole, ownRole } from './config-entry.ts';

/** Where a profile without an access key of its own, and without another profile as its source, gets its credentials. */
export type ForeignSource =
  /** A key with a session token in the AWS files. Who wrote it renews it. */
  | { readonly kind: 'temporary-key'; readonly accessKeyId: string }
  /** AssumeRoleWithWebIdentity, with a token that something else keeps in a file. */
  | { readonly kind: 'web-identity'; readonly tokenFile: string; readonly role: OwnRole }
  /** The role of the machine inside AWS, and with it the profile's own. */
  | { readonly kind: 'machine'; readonly from: MachineSource; readonly role: OwnRole }
  /** A permission set of an account in an access portal, once somebody has signed in there. */
  | { readonly kind: 'identity-center'; readonly place: IdentityCenterPlace; readonly accountId: string; readonly roleName: string }
  /** AWS Sign-In, as `aws login` uses it. */
  | { readonly kind: 'aws-login'; readonly place: AwsLoginPlace }
  /** Another program, by its `credential_process` line. */
  | { readonly kind: 'command'; readonly line: string };

export type MachineSource = 'Ec2InstanceMetadata' | 'EcsContainer';

/**
 * The foreign source of an entry that has no long-term key and no `source_profile`, in botocore's order: a role of its
 * own, a web identity, an access portal, a key in the files, another program. Errors: those of `foreignCredentials`, `ownRole` and `portalSource`;
 * `web-identity-relative` `{profile}`, `role-mfa-on-machine` `{profile, value}`.
 */
export function foreignSource(entry: ConfigEntry, sessions: SsoSessions): Result<ForeignSource> {
  const { name: profile, values } = entry;
  const { role_arn: roleArn, web_identity_token_file: tokenFile, credential_source: from, credential_process: line } = values;
  if (roleArn && tokenFile) return webIdentity(entry, tokenFile);
  if (roleArn && from) return machine(entry, from);
  // The AWS CLI would go to the portal, and the SDK for JavaScript would run the command.
  if (isPortalProfile(entry) && line) return failed(appError('sso-and-process', { profile }));
  if (isPortalProfile(entry)) return keyOf(entry) === 'none' ? portalSource(entry, sessions) : failed(appError('sso-and-key', { profile }));
  if (keyOf(entry) === 'temporary') return succeeded({ kind: 'temporary-key', accessKeyId: values['aws_access_key_id'] ?? '' });
  // The AWS CLI would sign in, and the SDK for JavaScript would run the command.
  if (values['login_session'] && line) return failed(appError('login-and-process', { profile }));
  if (keyOf(entry) === 'none' && values['login_session']) return loginSource(entry);
  const signsIn = Object.keys(values).some((name) => name.startsWith('sso_'));
  // One that stands for itself has no program behind it.
  if (keyOf(entry) === 'none' && !signsIn && line && installedProfile(line) !== profile)
    return line.trim() === '' ? failed(appError('profile-no-credentials', { profile })) : succeeded({ kind: 'command', line });
  return failed(foreignCredentials(entry));
}

/** What the windows show of a source: of a command only the program, since an argument may hold a secret. */
export function originOf(source: ForeignSource): ForeignOrigin {
  if (source.kind === 'command') return { kind: 'command', program: programIn(source.line).slice(0, nameMax) };
  if (source.kind === 'identity-center') {
    const { place, accountId, roleName } = source;
    return { kind: 'identity-center', signInId: place.signInId, name: place.name, accountId, roleName };
  }
  if (source.kind === 'aws-login') return { kind: 'aws-login', signInId: source.place.signInId };
  if (source.kind === 'web-identity') return { kind: 'web-identity', file: source.tokenFile };
  return source.kind === 'machine' ? { kind: 'machine', from: source.from } : { kind: 'temporary-key' };
}

function webIdentity(entry: ConfigEntry, tokenFile: string): Result<ForeignSource> {
  const role = ownRole(entry);
  if (!role.ok) return role;
  // Other programs look from the folder that they run in, and the app runs in none of the user's.
  if (!/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(tokenFile)) return failed(appError('web-identity-relative', { profile: entry.name }));
  return succeeded({ kind: 'web-identity', tokenFile, role: role.value });
}

function machine(entry: ConfigEntry, from: string): Result<ForeignSource> {
  const { name: profile, values } = entry;
  const isMachine = from === 'Ec2InstanceMetadata' || from === 'EcsContainer';
  if (!isMachine || values['source_profile']) return failed(foreignCredentials(entry));
  const role = ownRole(entry);
  if (!role.ok) return role;
  // AWS takes a code only with an access key.
  if (role.value.mfaSerial !== null) return failed(appError('role-mfa-on-machine', { profile, value: from }));
  return succeeded({ kind: 'machine', from, role: role.value });
}

/** How much of a program's name is shown. */
const nameMax = 60;
