import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timesOf, tried } from '../../../../testing/trust/times.ts';
import { parseHclFile } from './hcl-file.ts';

const pieces = [
  ...[
    'provider "aws" {',
    'resource "a" "b" {',
    'x = ',
    'y',
    '=',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ',',
    '\n',
    '\r\n',
    ' ',
    '\t',
    '"',
    '"a"',
    '\\',
    '\\"',
    '\\u',
    '\\U0010ffff',
  ],
  ...[
    '${',
    '%{',
    '$${',
    '%%{',
    '~}',
    '${"',
    '<<EOT\n',
    '<<-EOT\n',
    'EOT\n',
    'EOT',
    '<<',
    '#',
    '//',
    '/*',
    '*/',
    '?',
    ':',
    '...',
    '=>',
    '.',
    '*',
    '-',
    '!',
    '&&',
    '0x',
    '1e999',
    '-0',
  ],
  ...[
    'for',
    'in',
    'if',
    'null',
    'true',
    '__proto__',
    'constructor',
    '"__proto__"',
    '__proto__ "a" {}\n',
    '\u0000',
    '\uFEFF',
    '\u202e',
    '\ud800',
    '日本',
    '(((((((((((',
    '[[[[[[[[[[[[',
    '{{{{{{{{{{',
    '"${"${"${"${',
  ],
];
const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')) },
  fc.string({ unit: 'binary', maxLength: 200 }),
);

it(
  'any text at all is read as the structure of an HCL file or is a fault with a line of the text, and nothing is thrown or spoilt',
  { timeout: 600_000 },
  (context) => {
    const numRuns = timesOf({ usual: 5_000, thorough: 200_000 });
    let read = 0;
    fc.assert(
      fc.property(text, (source) => {
        const parsed = parseHclFile(source);
        if (parsed.ok) read += 1;
        const line = parsed.ok ? 1 : parsed.fault.line;
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(source.split('\n').length);
      }),
      { numRuns },
    );
    expect(read).toBeGreaterThan(0);
    expect(Object.keys(Object.prototype)).toEqual([]);
    tried(context, numRuns);
  },
);

it.each([
  ['open brackets', '['],
  ['open blocks', 'a {\n'],
  ['open templates', '"${'],
  ['open heredocs', 'a = <<E\n'],
  ['quotes', '"'],
  ['backslashes', '\\'],
  ['comments that do not end', '/*'],
  ['equal signs', 'a = b == '],
  ['conditions', 'a = b ? c : '],
])('a megabyte of %s is read or refused in a time in proportion to it', (_what, piece) => {
  const source = `x = ${piece.repeat(Math.floor(1_000_000 / piece.length))}`;
  const began = performance.now();
  parseHclFile(source);
  parseHclFile(source.slice(4));
  // In proportion to the text it takes a second on a busy machine; with its square it would take minutes.
  expect(performance.now() - began).toBeLessThan(10_000);
});
