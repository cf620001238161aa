import { afterAll, beforeAll, expect, it } from 'vitest';
import { HashicorpParser } from '../../testing/terraform/hashicorp-parser.ts';
import { constantText } from '../core/terraform/language/constant.ts';
import { parseTemplate } from '../core/terraform/language/syntax/parse.ts';
import { parseHclFile } from '../core/terraform/structure/hcl-file.ts';

let theirs: HashicorpParser;
beforeAll(() => {
  theirs = new HashicorpParser();
});
afterAll(() => theirs.close());

/** Numbers below a bound, the same in each run (a linear congruential generator). */
function dice(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const names = ['env', 'größe', '本番', 'env名', '_x', 'a-b', 'e\u0301t', 'for', 'null', 'true', 'n1', 'ß', 'x\u00B7y'];
const blanks = ['', ' ', '\t', ' /* x */ ', ' /* = { */', ' /*\n*/ ', '\u00A0', '\uFEFF', '\u0085', '\r'];
const strings = ['""', '"prod"', '"\\u0061ws"', '"\\U0001F600"', '"a\\"b"', '"\\\\"', '"# no"', '"本番"', '"\u2028"', '"100%"', '"$${x}"'];
const lines = ['x', 'EOT x', '  EOTs', '\u2028', '\u2028EOT y', '\uFEFFEOT', 'xEOT', '', ' # EOT', '}', '"', 'a\r'];
const ends = ['EOT', '  EOT', '\tEOT ', '\u0085EOT', '\u00A0EOT\u3000', 'EOT\r', '\vEOT', '\u2028EOT\u2028'];
const keys = [...names, ...strings, '222222222222', '012345678901', '1e2', '1.50', '("k")'];

/** The text of a file with names, blanks, comments, labels, keys, strings and heredocs of all kinds. */
function written(roll: (bound: number) => number): string {
  const one = (of: readonly string[]): string => of[roll(of.length)] ?? '';
  // Most of them are fine everywhere.
  const blank = (): string => (roll(4) === 0 ? one(blanks) : ' ');
  const value = (depth: number): string => {
    const kind = roll(depth > 2 ? 2 : 5);
    if (kind === 0) return one(strings);
    if (kind === 1) return one(['1', 'true', 'null', '-1.5', '222222222222']);
    if (kind === 2) return `<<EOT\n${Array.from({ length: roll(4) }, () => `${one(lines)}\n`).join('')}${one(ends)}\n`;
    const inner = Array.from({ length: roll(3) }, () =>
      kind === 3 ? `${blank()}${value(3)}${blank()}` : `${blank()}${one(keys)}${blank()}${one(['=', ':'])}${blank()}${value(3)}`,
    );
    return kind === 3 ? `[${inner.join(',')}]` : `{${inner.join(one([',', '\n', ' # x\n', '\r\n']))}}`;
  };
  const part = (index: number): string =>
    roll(2) === 0
      ? `${one(names)}${index}${blank()}=${blank()}${value(0)}${blank()}${one(['', '# x', '// }'])}`
      : `${one(names)}${blank()}${one([...names, ...strings])}${blank()}{\n${one(names)}${blank()}=${blank()}${value(1)}\n}`;
  return Array.from({ length: 1 + roll(3) }, (_none, index) => part(index)).join(one(['\n', '\r\n']));
}

/** Expressions that are texts, such as heredocs, as these texts. */
function evaluated(json: unknown): unknown {
  if (typeof json === 'string') return constantText(json) ?? json;
  if (Array.isArray(json)) return json.map(evaluated);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [constantText(name) ?? name, evaluated(value)]));
}

it('the app reads each file that HashiCorp’s own parser takes as that one does', async () => {
  let taken = 0;
  for (let seed = 1; seed <= 600; seed += 1) {
    const text = written(dice(seed));
    const read = await theirs.parse(text);
    if (read === null) continue;
    taken += 1;
    const own = parseHclFile(text);
    expect({ text, read: own.ok ? evaluated(own.value) : own.fault }).toEqual({ text, read: evaluated(read.value) });
  }
  expect(taken).toBeGreaterThan(150);
});

/** An expression of all kinds, with blanks and comments wherever they may be. */
function expression(roll: (bound: number) => number, depth = 0): string {
  const one = (of: readonly string[]): string => of[roll(of.length)] ?? '';
  const gap = (): string => (roll(3) === 0 ? one([' ', '\t', ' /* x */ ', '\n', ' # x\n', '\r\n', '//\n']) : '');
  const inner = (): string => `${gap()}${expression(roll, depth + 1)}${gap()}`;
  const name = (): string => one(['x', 'größe', '本番', 'e\u0301t', 'a-b', 'aws', 'if', 'in', 'for1', 'null']);
  const step = (): string =>
    gap() + one([`.${gap()}${name()}`, `[${gap()}0${gap()}]`, `[${gap()}"k"${gap()}]`, `.${gap()}*`, `[${gap()}*${gap()}]`, `.${gap()}0`, '.0.1', '']);
  if (depth > 3) return one(['1', '1.5', '"x"', 'null', name()]);
  const kinds = [
    () => name() + step() + step(),
    () => `${name()}${gap()}(${inner()}${one([`,${inner()}`, '...', ',', ''])}${gap()})`,
    () => `(${inner()})${step()}`,
    () => `[${inner()}${one([',', `,${inner()}`, ''])}${gap()}]${step()}`,
    () => `{${gap()}${name()}${one([' ', ''])}=${one([' ', '/* x */', ''])}${expression(roll, depth + 1)}${one([',', '\n', ''])}${gap()}}`,
    () => `{${one(['', '\n'])}"k" : ${expression(roll, depth + 1)}, (${inner()}) = 2${one(['', '\n'])}}${step()}`,
    () => `[for${one([' ', '\n', '/**/'])}x${gap()},${gap()}y in ${inner()}:${inner()}${one([` if ${inner()}`, ''])}]`,
    () => `{for x in ${inner()}:${inner()}=>${inner()}${one(['...', ''])}}`,
    () =>
      `${expression(roll, depth + 1)}${one([' ', ''])}${one(['+', '-', '*', '/', '%', '==', '!=', '<', '>=', '&&', '||'])}${one([' ', ''])}${expression(roll, depth + 1)}`,
    () => `(${inner()}?${inner()}:${inner()})`,
    () => `${one(['!', '-'])}${one([' ', ''])}${expression(roll, depth + 1)}`,
    () => `"a${one(['$', '%', '\\\\', '\\u00e9', ''])}\${${one(['~', ''])}${inner()}${one(['~', ''])}}b"`,
    () => `"%{${gap()}if${one([' ', '\n'])}${inner()}}a%{${gap()}else${gap()}}b%{~endif~}"`,
    () => `"%{for x in ${inner()}}\${x}%{endfor}"`,
    () => `[<<-EOT\n  a\${${inner()}}\n\u0085EOT\n]`,
    () => `provider::aws::arn_parse(${inner()})`,
  ];
  return kinds[roll(kinds.length)]?.() ?? '';
}

it('the app understands each expression that HashiCorp’s own parser takes', async () => {
  let taken = 0;
  const missed = [];
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const text = `a = ${expression(dice(seed))}\n`;
    if ((await theirs.parse(text)) === null) continue;
    taken += 1;
    const own = parseHclFile(text);
    const json = own.ok ? own.value['a'] : null;
    if (!own.ok || (typeof json === 'string' && parseTemplate(json) === null)) missed.push(text);
  }
  expect(missed).toEqual([]);
  expect(taken).toBeGreaterThan(400);
});
