import { credentialProcessLine } from '../aws-files/credential-process-line.ts';
import { headerOf, isInstallableName } from '../aws-files/config-lines.ts';
import type { ProfileSettings } from './profile-settings.ts';

/** A name under which programs find a profile of the app's, and the profile that it stands for: another one for an entry that the app installed. */
export type ServedName = { readonly name: string; readonly profile: string };

type Sources = {
  /** How this app's command line is started. */
  readonly commandLine: readonly string[];
  /** Of a limited session, which is the only one in its file. */
  readonly limitId?: string | null;
  readonly settingsOf: (name: string) => ProfileSettings;
};

/**
 * The names that can stand in a config file and mean the same to every program. A profile of any other name is left
 * out, so that programs do not find it, and none finds another one in its place.
 */
export function servedNames(names: readonly ServedName[], { commandLine }: Pick<Sources, 'commandLine'>): readonly ServedName[] {
  return names.filter(({ name, profile }) => isInstallableName(name) && credentialProcessLine(commandLine, profile) !== null);
}

/**
 * The text of a config file in which each profile asks this app for its credentials. The settings of a profile stay
 * but for those that say where to get credentials: a program that the user's own files name for that is not run.
 */
export function privateConfiguration(names: readonly ServedName[], { commandLine, limitId = null, settingsOf }: Sources): string {
  const services = new Map<string, readonly string[]>();
  let tools: readonly string[] = [];
  const profiles = names.flatMap(({ name, profile }) => {
    const settings = settingsOf(name);
    // Several profiles may refer to one such section, and the AWS CLI refuses a file that has it twice.
    if (settings.services[0] !== undefined) services.set(settings.services[0], settings.services);
    tools = settings.tools;
    return [headerOf(name, 'config'), `credential_process = ${credentialProcessLine(commandLine, profile, limitId)}`, ...settings.body, ''];
  });
  return [...profiles, ...[...services.values()].flatMap((lines) => [...lines, '']), ...(tools.length === 0 ? [] : [...tools, ''])].join('\n');
}
