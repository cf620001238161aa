// What HCL's scanner takes for a name and for a blank (HCL native syntax specification, "Lexical Elements").

/** A name in any alphabet. */
export const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;

/** One of ASCII alone, as most are; tried first where many are read, because the other pattern is slow. */
export const asciiIdentifier = /[A-Za-z_][\w-]*(?![\w\x80-\uFFFF-])/y;

/** Without what Go calls spaces at the beginning; JavaScript's own are others, U+FEFF among them and U+0085 not. */
export function withoutSpacesBefore(text: string): string {
  return text.replace(/^\p{White_Space}+/u, '');
}

export function withoutSpacesBehind(text: string): string {
  return text.replace(/(?<!\p{White_Space})\p{White_Space}+$/u, '');
}

/** The marker of a heredoc that begins here: `<<END`, or `<<-END`, and nothing else in its line. */
export const heredocStart = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;

/**
 * The line that ends a heredoc: the marker with Go's spaces around it. Only a line feed ends a line. To be
 * matched at the beginning of a line; the line feed behind it, and a carriage return before that, stay.
 */
export function heredocEnd(marker: string, flags: 'g' | 'y'): RegExp {
  return new RegExp(String.raw`(?<=\n)(?:(?!\n)\p{White_Space})*${marker}(?:(?!\r?(?:\n|$))\p{White_Space})*(?=\r?(?:\n|$))`, `u${flags}`);
}

const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** What stands between quotes, without its escapes. One that HCL does not know stays as it is. */
export function unescaped(inner: string): string {
  return inner.replaceAll(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/gsu, (all: string, short?: string, long?: string, one: string = '') =>
    short !== undefined || long !== undefined ? codePoint(short ?? long ?? '') : (simpleEscapes[one] ?? all),
  );
}

/** As Go has it, half of a surrogate pair is no character. */
function codePoint(hex: string): string {
  const code = parseInt(hex, 16);
  return code > 0x10_ff_ff || (code >= 0xd8_00 && code <= 0xdf_ff) ? '\uFFFD' : String.fromCodePoint(code);
}
