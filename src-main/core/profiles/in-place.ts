import { entriesOf, type AwsFileKind } from '../aws-files/aws-file-sections.ts';
import { readAwsFileText } from '../aws-files/aws-file-text.ts';
import type { ConfigEntry } from './config-entry.ts';
import { installedProfile } from '../aws-files/credential-process-line.ts';

/** What a profile said about credentials before it was installed in place, by the names of its settings; no part of an access key. */
export type InPlaceSettings = Readonly<Record<string, string>>;

const keySettings = ['aws_access_key_id', 'aws_secret_access_key'] as const;

/** With one of these left, SDKs would assume the role past the app, or refuse the profile. */
const roleSettings = [
  ...(['role_arn', 'source_profile', 'credential_source', 'web_identity_token_file', 'mfa_serial', 'external_id', 'role_session_name'] as const),
  ...(['duration_seconds', 'source_identity', 'session_tags', 'transitive_session_tags'] as const),
];

/** Whether a profile asks this app for itself. */
export function isInPlace(profile: string, values: ConfigEntry['values']): boolean {
  return installedProfile(values['credential_process'] ?? '') === profile;
}

/** Which settings a profile must lose to be installed in place, and what they say now; the texts are those of both files. */
export function settingsInPlaceOf(
  profile: string,
  texts: Readonly<Record<AwsFileKind, string>>,
): { readonly gone: ReadonlySet<string>; readonly kept: InPlaceSettings } {
  const inFile = (kind: AwsFileKind) => entriesOf(readAwsFileText(texts[kind]), kind)[profile] ?? {};
  const values: ConfigEntry['values'] = { ...inFile('config'), ...inFile('credentials') };
  const ofRole = values['role_arn'] ? roleSettings : [];
  const kept = Object.fromEntries(ofRole.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const])));
  return { gone: new Set([...keySettings, 'credential_process', ...ofRole]), kept };
}

/** The entry as it was before it was installed in place. What somebody has written into it since counts more. */
export function withoutInPlace(entry: ConfigEntry, before: InPlaceSettings | undefined): ConfigEntry {
  if (before === undefined || !isInPlace(entry.name, entry.values)) return entry;
  const { credential_process: _ours, ...values } = entry.values;
  return { name: entry.name, values: { ...before, ...values } };
}
