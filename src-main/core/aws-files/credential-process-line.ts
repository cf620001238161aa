import type { AppError } from '../../contract/app-error.ts';
import { appError } from '../errors.ts';

// Writes and reads the value of a `credential_process` that asks this app. SDKs run it with `sh -c`
// (Go, JavaScript), split it as a shell would (botocore), or give it to cmd.exe (Windows), so it has
// to mean the same to all of them.

/** Words that no shell changes; they hold no backslash. */
const bareWord = /^[\w@%+=:,./-]+$/;
const windowsPath = /^([A-Za-z]:)?\\/;
/** The SDKs' parser takes this for the start of a comment, inside quotes too. */
const iniComment = /(^|\s)[;#]/;
const unwritable = /["\p{Cc}\u2028\u2029]/u;
/** What a profile's name cannot hold: quotes, backslashes, brackets, what shells expand, and line breaks. */
const unusableName = /['"`$\\[\]\p{Cc}\u2028\u2029]|^[\s-]|\s$|^$/u;

/** The program's name in all packages: `sts-tray`, `sts-tray.exe`, `sts-tray.cmd`, an AppImage's, `STS Tray` of macOS and Windows. */
export const ourProgram = /(^|[\\/])sts[- ]tray([\w.-]*\.AppImage|\.exe|\.cmd)?$/i;
const subcommand = 'credential-process';
/** As the launcher reads it too. */
const limitOption = '--limit-id=';
const dataFolder = '--user-data-dir=';

/**
 * The value for `credential_process`. `command` starts the command line of this app, with its own
 * arguments if it needs some. Null when the name, or the command, cannot be written so that every
 * SDK reads it back the same. With `limitId` it asks for a limited session.
 */
export function credentialProcessLine(command: readonly string[], profile: string, limitId: string | null = null): string | null {
  if (unusableName.test(profile)) return null;
  const words = [...command, subcommand, ...(limitId === null ? [] : [`${limitOption}${limitId}`]), profile].map(quoted);
  if (!words.every((word) => word !== null)) return null;
  const line = words.join(' ');
  return iniComment.test(line) ? null : line;
}

/**
 * Why there is no such line: `install-folder-unusable` `{folder}` where it is a path of the app's own, such as that of a
 * checkout in a folder `C #`, else `install-name-unusable` `{profile}`.
 */
export function unwritableLine(command: readonly string[], profile: string): AppError {
  const folder = command.find((word) => credentialProcessLine([word], 'default') === null);
  return folder === undefined ? appError('install-name-unusable', { profile }) : appError('install-folder-unusable', { folder });
}

/** The profile that a `credential_process` asks this app for; null when it is another program's. */
export function installedProfile(credentialProcess: string): string | null {
  if (credentialProcess === '') return null;
  const words = splitWords(credentialProcess);
  const index = words.findIndex((word) => ourProgram.test(word));
  if (index < 0) return null;
  const [name, profile, ...rest] = words.slice(index + 1).filter((word) => !word.startsWith(dataFolder));
  return name === subcommand && profile !== undefined && rest.length === 0 ? profile : null;
}

function quoted(word: string): string | null {
  if (word === '' || unwritable.test(word)) return null;
  if (bareWord.test(word)) return word;
  // Only cmd.exe keeps both backslashes at the start of a network path, and only cmd.exe reads such a path.
  if (windowsPath.test(word)) return /%|\\$/.test(word) ? null : `"${word}"`;
  if (!/[`$\\]/.test(word)) return `"${word}"`;
  // cmd.exe knows no single quotes, but it never sees such a path: these belong to other systems.
  return word.includes("'") ? null : `'${word}'`;
}

/** The name of the program that a line starts, such as `saml2aws`, without its folder and its arguments. */
export function programIn(line: string): string {
  const [first = ''] = splitWords(line);
  return first.split(/[\\/]/).at(-1) ?? '';
}

/** The words between spaces, with either kind of quotes. A backslash stands for itself, as in the paths of Windows. */
export function splitWords(line: string): readonly string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''));
}
