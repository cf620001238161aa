import type { FoundTool } from '../../contract/ui-state.ts';
import { programIn } from '../aws-files/credential-process-line.ts';
import { commandLineOf } from '../user-commands/command-words.ts';
import { exportCommand } from './exported-key.ts';
import { keyOf, type ConfigEntry } from '../profiles/config-entry.ts';

type OtherTool = FoundTool['tool'];

/** What each tool leaves behind. Sources: the READMEs of the tools. */
type Signs = {
  /** Folders in the user's home, relative to it. */
  readonly folders: readonly string[];
  /** Settings of the AWS files that only this tool reads or writes. */
  readonly settings: RegExp;
  /** The program that a `credential_process` line of it starts. */
  readonly program: RegExp;
};

const signsOf: Readonly<Record<OtherTool, Signs>> = {
  'aws-vault': { folders: ['.awsvault'], settings: /^(?:include_profile|mfa_process|parent_profile)$/, program: /^aws-vault$/ },
  leapp: { folders: ['.Leapp'], settings: /^(?!)/, program: /^leapp$/ },
  granted: { folders: ['.granted'], settings: /^granted_/, program: /^d?granted$/ },
  awsume: { folders: ['.awsume'], settings: /^(?:autoawsume|awsumepy_command|manager)$/, program: /^awsume(?:py)?$/ },
  'aws-sso-cli': { folders: ['.aws-sso', '.config/aws-sso'], settings: /^(?!)/, program: /^aws-sso$/ },
};

const otherTools = Object.keys(signsOf) as readonly OtherTool[];

/** All folders that are looked for, relative to the home. */
export const folderSigns: readonly string[] = otherTools.flatMap((tool) => signsOf[tool].folders);

/** `folders` are those of `folderSigns` that exist. A program on the PATH is no sign: it may never have been used. */
export function foundTools(entries: readonly ConfigEntry[], folders: ReadonlySet<string>): readonly FoundTool[] {
  // Thousands of profiles have a few settings between them, and most have no command.
  const settings = [...new Set(entries.flatMap(({ values }) => Object.keys(values)))];
  const programs = [...new Set(entries.flatMap(({ values: { credential_process: line } }) => (line === undefined ? [] : [programOf(line)])))];
  return otherTools
    .filter((tool) => {
      const signs = signsOf[tool];
      const hasSigns = settings.some((name) => signs.settings.test(name)) || programs.some((program) => signs.program.test(program));
      return hasSigns || signs.folders.some((folder) => folders.has(folder));
    })
    .map((tool) => ({ tool, keysOf: tool === 'aws-vault' ? keylessUsers(entries).map(keyToBring) : [] }));
}

function keyToBring(profile: string): FoundTool['keysOf'][number] {
  return { profile, command: commandLineOf(exportCommand(profile)) };
}

function programOf(line: string): string {
  return programIn(line).replace(/\.exe$/i, '');
}

/** Entries that stand for a user whose key is kept elsewhere: they have no credentials, and say of no other place where to get some. */
function keylessUsers(entries: readonly ConfigEntry[]): readonly string[] {
  const elsewhere = ['role_arn', 'credential_process', 'credential_source', 'web_identity_token_file', 'sso_session', 'sso_start_url', 'login_session'];
  return entries.filter((entry) => keyOf(entry) === 'none' && !elsewhere.some((name) => entry.values[name])).map(({ name }) => name);
}
