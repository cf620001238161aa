import { describe, expect, it } from 'vitest';
import { constant } from '../constant.ts';
import { parseExpression } from '../syntax/parse.ts';
import { failure, notKnown, type Value } from '../values/value.ts';

function decoded(...lines: readonly string[]): Value {
  const expression = parseExpression(`yamldecode(${JSON.stringify(lines.join('\n'))})`);
  if (expression === null) throw new Error(lines.join('\n'));
  return constant(expression);
}

describe('a text in YAML', () => {
  it('has the whole time of a day, and keeps its other members where a time is written in another way, or is none', () => {
    expect(decoded('since: 2024-01-01', 'at: 2024-01-01T10:00:00Z')).toEqual({ since: '2024-01-01T00:00:00Z', at: '2024-01-01T10:00:00Z' });
    expect(decoded('since: 2024-02-30', 'at: 2024-01-01 10:00:00', 'id: "222222222222"')).toEqual({ since: notKnown, at: notKnown, id: '222222222222' });
  });

  it('keeps its other members where one is a number beyond a double, or a block at the end without a line break', () => {
    expect(decoded('count: 123456789012345678901', 'id: x')).toEqual({ count: notKnown, id: 'x' });
    expect(decoded('id: x', 'note: |', '  one', '  two')).toEqual({ id: 'x', note: notKnown });
    expect(decoded('note: |', '  one', 'id: x')).toEqual({ note: 'one\n', id: 'x' });
  });

  it('merges a map where its key stands, so that the last of names that are the same counts', () => {
    expect(decoded('base: &base {region: r, id: "1"}', 'prod:', '  <<: *base', '  id: "2"')).toEqual({
      base: { region: 'r', id: '1' },
      prod: { region: 'r', id: '2' },
    });
    expect(decoded('prod:', '  id: "2"', '  <<: {id: "1"}')).toEqual({ prod: { id: '1' } });
    expect(decoded('a: {<<: [{b: 1}], c: 2}')).toBe(failure);
    expect(decoded('a: 1', 'a: x')).toEqual({ a: 'x' });
  });

  it('has what only looks like a number of another language as a text', () => {
    expect(decoded('[0b11, 0X1F, +0x1, 0o8, 0x1F]')).toEqual(['0b11', '0X1F', '+0x1', '0o8', 31]);
  });

  it('has values of the types that tags name, and is not known with a tag that Terraform may refuse', () => {
    expect(decoded('a: !!int 5', 'b: !!str 5', 'c: !!bool yes')).toEqual({ a: 5, b: '5', c: true });
    for (const value of ['!secret x', '!!int x', '!!binary "%"', '! x', '! [1]', '!!str [1]']) expect(decoded(`a: ${value}`, 'b: 1')).toBe(notKnown);
  });

  it('is not known where Terraform’s library refuses it, or reads it in another way', () => {
    for (const text of [
      'a: "\\/"',
      'a: "\\ud83d"',
      '%YAML 1.2\n---\na: 1\n',
      'a: x\u2028y',
      'a: x\rb: 1\r',
      '-\ta',
      'a: [x:]',
      'a: {b?: c}',
      '&a: 1',
      'a: .nan',
    ])
      expect(decoded(text)).toBe(notKnown);
    for (const text of ['a: 1\n---\nb: 2\n', 'a: 1\n...\nb: 2\n', '...\n']) expect(decoded(text)).toBe(notKnown);
  });

  it('is one document with or without the marks of its start and end, and none at all where nothing stands in it', () => {
    expect(decoded('# accounts', '---', 'a: 1', '...', '')).toEqual({ a: 1 });
    expect(decoded('---', '')).toBeNull();
    expect(decoded('# nothing', '')).toBe(failure);
  });

  it('ends where an alias stands within what it names, or makes it too large', () => {
    expect(decoded('a: &a [*a]')).toBe(failure);
    const levels = Array.from({ length: 9 }, (_, level) => `a${level + 1}: &a${level + 1} [${Array.from({ length: 9 }, () => `*a${level}`).join(', ')}]`);
    expect(decoded('a0: &a0 x', ...levels)).toBe(notKnown);
  });
});
