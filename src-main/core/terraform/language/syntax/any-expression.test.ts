import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timesOf, tried } from '../../../../../testing/trust/times.ts';
import { parseExpression, parseTemplate } from './parse.ts';

const pieces = [
  ...[
    'var.x',
    'local.y',
    'f(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '"',
    '${',
    '%{',
    '~}',
    '%{ if x }',
    '%{ endif }',
    '%{ for a in b }',
    '%{ endfor }',
    '<<E\n',
    'E\n',
    '\n',
    ' ',
    '.',
    '.*',
    '[*]',
    '["a"]',
  ],
  ...[
    '?',
    ':',
    '=',
    '=>',
    '...',
    ',',
    '+',
    '-',
    '!',
    '&&',
    '||',
    '==',
    '>=',
    '1',
    '1e999',
    '-0',
    '0x1',
    'for',
    'in',
    'if',
    'null',
    'true',
    'a',
    '"b"',
    '\\',
    '\\u12',
    '/*',
    '*/',
    '#',
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
  ],
];
const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')) },
  fc.string({ unit: 'binary', maxLength: 100 }),
);

it('any text at all is read as an expression or a template of Terraform, or is none, and nothing is thrown or spoilt', { timeout: 600_000 }, (context) => {
  const numRuns = timesOf({ usual: 5_000, thorough: 200_000 });
  let read = 0;
  fc.assert(
    fc.property(text, (source) => {
      if (parseExpression(source) !== null) read += 1;
      parseTemplate(source);
    }),
    { numRuns },
  );
  expect(read).toBeGreaterThan(numRuns / 100);
  expect(Object.keys(Object.prototype)).toEqual([]);
  tried(context, numRuns);
});
