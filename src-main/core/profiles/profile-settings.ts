import { toolEntries } from '../aws-files/aws-file-sections.ts';
import { isInstallableName } from '../aws-files/config-lines.ts';
import type { ConfigEntry } from './config-entry.ts';

/** Lines for a config file of their own, without credentials and without settings that say where to get them. */
export type ProfileSettings = {
  /** What goes below `[profile NAME]`. */
  readonly body: readonly string[];
  /** The whole `[services NAME]` section that the body refers to, with its header; empty when there is none. */
  readonly services: readonly string[];
  /** The sections that the AWS CLI has for itself, with their headers, such as `[plugins]`. */
  readonly tools: readonly string[];
};

/** Names from the AWS SDKs and Tools reference guide, and those that aws-vault added. All that begin with `aws_` belong to a key. */
const credentialSettings = new RegExp(
  [
    '^(aws_.*|sso_.*|web_identity_.*|credential_(process|source)|source_profile|role_arn|role_session_name|external_id',
    'duration_seconds|mfa_serial|session_tags|transitive_session_tags|source_identity|login_session|mfa_process|include_profile)$',
  ].join('|'),
  // The AWS CLI's parser accepts the names in any case.
  'i',
);

/** What a program needs from a profile besides credentials; nested settings such as those of `s3` stay nested. `sectionOf` gives other sections as `entriesOf` names them. */
export function profileSettings(entry: ConfigEntry, sectionOf: (name: string) => ConfigEntry['values'] | undefined): ProfileSettings {
  const kept = Object.entries(entry.values).filter(([name]) => !credentialSettings.test(name.split('.')[0] ?? name));
  const services = entry.values['services'];
  const sections = services === undefined || !isInstallableName(services) ? undefined : sectionOf(`services.${services}`);
  const tools = toolEntries.map(({ header, entry: name }) => ({ header, values: sectionOf(name) }));
  return {
    body: iniLines(kept),
    services: sections === undefined ? [] : [`[services ${services}]`, ...iniLines(Object.entries(sections))],
    tools: tools.flatMap(({ header, values }) => (values === undefined ? [] : [`[${header}]`, ...iniLines(Object.entries(values))])),
  };
}

/** What settings are called, and those in a block. Of other names each SDK makes something else: a comment, a header, or a file that it does not read. */
const readableName = /^[\w-]+(?:\.[\w-]+)?$/;

/**
 * `s3.addressing_style` becomes a line of the block `s3 =`. A value of several lines, which no setting has, becomes one
 * line that is as wrong: to some SDKs each further line is a setting, or begins another profile.
 */
function iniLines(values: readonly (readonly [string, string | undefined])[]): readonly string[] {
  const blocks = new Map<string, string[]>();
  const lines = new Map<string, string>();
  for (const [name, value] of values) {
    if (value === undefined || !readableName.test(name)) continue;
    const [outer = name, inner] = name.split('.');
    const line = value.replaceAll('\n', ' ');
    if (inner === undefined) lines.set(name, `${name} = ${line}`);
    else blocks.set(outer, [...(blocks.get(outer) ?? []), `  ${inner} = ${line}`]);
  }
  // Blocks come last: the parser counts every indented line below a block's name as a part of it.
  // The AWS CLI refuses a file in which a name stands twice.
  return [...lines.values(), ...[...blocks].flatMap(([name, block]) => (lines.has(name) ? [] : [`${name} =`, ...block]))];
}
