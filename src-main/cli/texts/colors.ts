/** How a text is set off: by what it means. */
export type Tone = 'good' | 'bad' | 'unsure' | 'strong' | 'quiet' | 'production';

/** Colours a text that is one line, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

/** ECMA-48, SGR: those of the sixteen colours that every theme of a terminal keeps readable. */
const codes: Readonly<Record<Tone, string>> = { good: '32', bad: '1;31', unsure: '33', strong: '1', quiet: '2', production: '1;97;41' };

const sequence = (code: string): string => `\u001b[${code}m`;

export const plain: Paint = (_tone, text) => text;

export const colored: Paint = (tone, text) => (text === '' ? '' : `${sequence(codes[tone])}${text}${sequence('0')}`);

/** Finds a sequence that `colored` writes. */
export const ownColors = new RegExp(`(\u001b\\[(?:${['0', ...Object.values(codes)].join('|')})m)`);

type Where = { readonly env: Readonly<Record<string, string | undefined>>; readonly platform: NodeJS.Platform; readonly isTerminal: boolean };

/**
 * Whether to colour: what the user says in NO_COLOR (https://no-color.org), FORCE_COLOR, CLICOLOR_FORCE and
 * CLICOLOR (https://bixense.com/clicolors), else on a terminal that has colours.
 */
export function paintFor({ env, platform, isTerminal }: Where): Paint {
  if (env['NO_COLOR']) return plain;
  const force = env['FORCE_COLOR'] ?? env['CLICOLOR_FORCE'];
  if (force !== undefined && force !== '') return force === '0' || force === 'false' ? plain : colored;
  // A console of Windows obeys such sequences only in a mode that the writing program has to ask for.
  if (!isTerminal || env['TERM'] === 'dumb' || env['CLICOLOR'] === '0' || platform === 'win32') return plain;
  return colored;
}
