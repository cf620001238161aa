import type { AppError } from '../contract/app-error.ts';
import { appError } from '../core/errors.ts';

/** Sections of the config file that need no `profile` in front (AWS SDKs and Tools reference guide). */
const configSections = /^(default|preview|plugins|(profile|sso-session|services)\s+\S.*)$/;

/**
 * The lines of an AWS file that the SDK's parser passes over in silence. Messages carry the line's
 * number and never its text, which may be half of a secret.
 */
export function lintAwsFile(kind: 'config' | 'credentials', file: string, text: string): readonly AppError[] {
  let inSection = false;
  return text.split(/\r?\n/).flatMap((rawLine, index) => {
    const line = index + 1;
    const content = rawLine.split(/(?:^|\s)[;#]/)[0]?.trim() ?? '';
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
