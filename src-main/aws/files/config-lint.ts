import type { AppError } from '../../contract/app-error.ts';
import { appError } from '../../core/errors.ts';

/** Sections of the config file that need no `profile` in front (AWS SDKs and Tools reference guide). */
const configSections = /^(default|preview|plugins|(profile|sso-session|services)\s+\S.*)$/;

/**
 * The lines of an AWS file that the SDK's parser silently skips. Messages carry the line's number and
 * never its text, which may be half of a secret.
 */
export function lintAwsFile(kind: 'config' | 'credentials', file: string, text: string): readonly AppError[] {
  let inSection = false;
  return text.split(/\r?\n/).flatMap((rawLine, index) => {
    const line = index + 1;
    const content = withoutComment(rawLine);
    if (content === '') return [];
    const section = /^\[(.*)\]$/.exec(content)?.[1]?.trim();
    if (section !== undefined) {
      inSection = true;
      const ignored = kind === 'config' && !configSections.test(section);
      return ignored ? [appError('config-section-ignored', { file, line, section })] : [];
    }
    return inSection && content.indexOf('=') > 0 ? [] : [appError('config-broken-line', { file, line })];
  });
}

/**
 * The names of a file's profiles in file order, each once, read as the SDK's parser reads section
 * headers. That parser drops empty sections, such as one whose access key was moved to the keychain.
 */
export function profileNames(kind: 'config' | 'credentials', text: string): readonly string[] {
  const names = text.split(/\r?\n/).flatMap((rawLine) => {
    if (!rawLine.includes('[')) return [];
    const name = headerProfile(kind, rawLine) ?? null;
    return name === null ? [] : [name];
  });
  return [...new Set(names)];
}

/** The profile that a line begins the section of: null for a section of another kind, undefined for a line that begins none. */
export function headerProfile(kind: 'config' | 'credentials', line: string): string | null | undefined {
  const section = /^\[(.*)\]$/.exec(withoutComment(line))?.[1];
  return section === undefined ? undefined : profileName(kind, section);
}

function profileName(kind: 'config' | 'credentials', section: string): string | null {
  const [, prefix, , name] = /^([\w-]+)\s(["'])?([\w\-@+.%:/]+)\2$/.exec(section) ?? [];
  if (kind === 'config') return section === 'default' ? section : prefix === 'profile' ? (name ?? null) : null;
  // Sections of the credentials file have no prefix; the parser skips those that seem to have one.
  return prefix === undefined && section !== '' ? section : null;
}

function withoutComment(line: string): string {
  // Most lines have no comment, and the regular expression is slow on files of many thousand lines.
  if (!line.includes('#') && !line.includes(';')) return line.trim();
  return line.split(/(?:^|\s)[;#]/)[0]?.trim() ?? '';
}
