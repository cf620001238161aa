/** What a terminal would obey, or what would change the order of what it shows; line breaks aside. */
export const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

const pieces = [
  ...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).filter((character) => character !== '\n'),
  ...Array.from({ length: 33 }, (_, code) => String.fromCharCode(0x7f + code)),
  ...[
    '\u061c',
    '\u200e',
    '\u200f',
    '\u2028',
    '\u2029',
    '\u202a',
    '\u202b',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\ufeff',
    '\ud800',
    '\u{e0041}',
  ],
  // Clipboard, title, cursor, erased screen, hidden text: with the sequences of seven bits and of eight.
  ...['\u001b]52;c;Y3VybCBldmlsfHNo\u0007', '\u001b]0;PWNED\u001b\\', '\u001b[2J', '\u001b[1A\u001b[2K', '\u001b[8m', '\u001bc', '\u001bP1$r\u001b\\'],
  ...['\u009d52;c;eA==\u009c', '\u009b2J', '\u009b8m', '\u0090q\u009c', '\u001b%G'],
  ...['a', 'prod-eu', '不一致', ' ', '{{provider}}', '$t(verdict-match)'],
];

/** Each piece by itself, and `count` texts of several, the same in every run. */
export function hostileTexts(count = 200): readonly string[] {
  let seed = 0x2f6e2b1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  const several = () => Array.from({ length: 1 + random(8) }, () => pieces[random(pieces.length)] ?? '').join('');
  return [...pieces, ...Array.from({ length: count }, several)];
}
