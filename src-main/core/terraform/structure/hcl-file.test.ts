import { describe, expect, it } from 'vitest';
import { positionOf, type Body } from './body.ts';
import { parseHclFile } from './hcl-file.ts';

const parsed = (text: string): Body => {
  const read = parseHclFile(text);
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  return read.value;
};
const plain = (text: string): unknown => JSON.parse(JSON.stringify(parsed(text)));
const fault = (text: string) => {
  const read = parseHclFile(text);
  return read.ok ? null : read.fault;
};

describe('the structure of an HCL file', () => {
  it('is its blocks below their labels, and its arguments', () => {
    expect(plain('a "b" c {\n  d = 1\n  e { f = true }\n}\na "b" c {}\ng = null\n')).toEqual({ a: { b: { c: [{ d: 1, e: [{ f: true }] }, {}] } }, g: null });
  });

  it('has places, and passes what looks like a block in comments, strings and heredocs', () => {
    const text = '/* a {\n} */\n# a {\nx = "a {"\ny = <<EOT\na {\n  EOTs\n  EOT\na {\n}\n';
    const [block] = parsed(text)['a'] as Body[];
    expect(block === undefined ? null : positionOf(block)?.line).toBe(9);
    expect(plain(text)).toMatchObject({ x: 'a {', y: '${<<EOT\na {\n  EOTs\n  EOT\n}' });
  });

  it('keeps literals as they are, and every other expression as it is written', () => {
    const text = [
      'a = "x\\n\\u0041"',
      'b = [1, "two", false, var.x]',
      'c = { d = "e", "f" : g.h, (i) = 1 }',
      'j = "arn:${var.k}"',
      'l = [for m in n : m]',
      'o = p ? {\n  q = 1\n} : null',
      'r = "say \\"${s}\\""',
      't = 012345678901234567890',
      'u = f(1,\n  2) # end',
      'v = [1][0]',
      'w = "$${x} %%{y} 100%"',
    ].join('\r\n');
    expect(plain(text)).toEqual({
      a: 'x\nA',
      b: [1, 'two', false, '${var.x}'],
      c: { d: 'e', f: '${g.h}', '${(i)}': 1 },
      j: 'arn:${var.k}',
      l: '${[for m in n : m]}',
      o: '${p ? {\n  q = 1\n} : null}',
      r: '${"say \\"${s}\\""}',
      t: '${012345678901234567890}',
      u: '${f(1,\n  2)}',
      v: '${[1][0]}',
      w: '$${x} %%{y} 100%',
    });
  });

  it('keeps heredocs as they are written, up to the line that ends them', () => {
    expect(plain('a = <<-EOT\n    b\n    EOT\nd = <<EOT\nEOT\n')).toEqual({ a: '${<<-EOT\n    b\n    EOT\n}', d: '${<<EOT\nEOT\n}' });
    expect(plain('a = <<EOT\n${x["EOT"]}\n${<<IN\nEOT\nIN\n}\nEOT\n')).toEqual({ a: '${<<EOT\n${x["EOT"]}\n${<<IN\nEOT\nIN\n}\nEOT\n}' });
  });

  it('has names that begin in ASCII and go on in another alphabet', () => {
    expect(plain('locals {\n  größe = 1\n}\n')).toEqual({ locals: [{ größe: 1 }] });
    expect(plain('locals {\n  env名 = 1\n}\n')).toEqual({ locals: [{ env名: 1 }] });
  });

  it('has keys of objects in another alphabet, bare as they are', () => {
    expect(plain('a = { 本番 = "1", env名 : "2" }\n')).toEqual({ a: { 本番: '1', env名: '2' } });
  });

  it('has keys of objects with a comment behind them', () => {
    expect(plain('a = {\n  prod /* real */ = "1"\n}\n')).toEqual({ a: { prod: '1' } });
  });

  it('has keys of objects with the escapes of any string, and numbers as they are only in their usual form', () => {
    expect(plain('a = { "pr\\u006fd" = "1", 222222222222 = 2, 012345678901 = 3 }\n')).toEqual({ a: { prod: '1', '222222222222': 2, '${012345678901}': 3 } });
  });

  it('has keys of objects that are there twice once, with the last value and where that one stands', () => {
    const { a } = parsed('a = { b = 1, (c) = 2, b = 3 }\n');
    expect(Object.entries(a ?? {})).toEqual([
      ['${(c)}', 2],
      ['b', 3],
    ]);
  });

  it('keeps an object as it is written where a key is an expression and another one a number, which JavaScript has first', () => {
    expect(plain('a = { (b) = 1, 2 = 3 }\n')).toEqual({ a: '${{ (b) = 1, 2 = 3 }}' });
    expect(plain('a = { "2" = { "${b}" = 1 }, 1 = 4 }\n')).toEqual({ a: { '2': { '${b}': 1 }, '1': 4 } });
  });

  it('has labels with the escapes of any string', () => {
    expect(plain('provider "\\u0061ws" {}\n')).toEqual({ provider: { aws: [{}] } });
  });

  it('has no half of a surrogate pair, however it is written', () => {
    expect(plain('a = "\\ud800"\n')).toEqual({ a: '\uFFFD' });
  });

  it('ends a heredoc only where a line ends for Terraform, with the spaces of Go around the marker', () => {
    expect(plain('a = <<EOT\nx\u2028EOT\u2028y\nEOT\nb = 1\n')).toMatchObject({ b: 1 });
    expect(plain('a = <<EOT\nx\n\uFEFFEOT\nEOT\nb = 1\n')).toMatchObject({ b: 1 });
    expect(plain('a = <<EOT\nx\n\u0085EOT\nb = 1\n')).toMatchObject({ b: 1 });
  });

  it('may begin with a byte order mark', () => {
    expect(plain('\uFEFFa = 1')).toEqual({ a: 1 });
  });

  it('has names that other objects inherit', () => {
    expect(Object.keys(parsed('constructor = 1\n__proto__ = 2\n'))).toEqual(['constructor', '__proto__']);
    expect('toString' in parsed('')).toBe(false);
  });

  it.each([
    ['a = 1\nb {\n', 3, 'Missing “}”'],
    ['}\n', 1, 'Unexpected “}”'],
    ['a = "b\n"\n', 1, 'Unterminated string'],
    ['\na = <<EOT\nx\n', 2, 'Unterminated heredoc'],
    ['a = <<EOT \nEOT\n', 1, 'Invalid heredoc'],
    ['a =\n', 1, 'Invalid expression'],
    ['a = (1]\n', 1, 'Unexpected “]”'],
    ['a = 1 /* b', 1, 'Unterminated comment'],
    ['a = 1\na = 2\n', 2, 'Attribute redefined: a'],
    ['a "b" =\n', 1, 'Invalid block definition'],
    ['a {} b {}\n', 1, 'Missing newline'],
    ['1 = 2\n', 1, 'Argument or block definition required'],
  ])('is told where it is broken: %j', (text, line, reason) => {
    expect(fault(text)).toEqual({ line, reason });
  });

  it.each(['[', '(', '{x = ', '"${', 'f({'])('is broken where it is nested without end: %s', (open) => {
    expect(fault(`a = ${open.repeat(100_000)}`)).not.toBeNull();
  });

  it('takes time in proportion to its size', () => {
    const large = `a = "${'x'.repeat(8_000_000)}"\nb = <<EOT\n${'y\n'.repeat(2_000_000)}EOT\n${'c "d" {\n  e = 1\n}\n'.repeat(100_000)}`;
    const start = performance.now();
    expect(Object.keys(parsed(large))).toEqual(['a', 'b', 'c']);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
