import { describe, expect, it } from 'vitest';
import { constant } from '../constant.ts';
import { parseExpression } from '../syntax/parse.ts';
import { notKnown, type Value } from '../values/value.ts';

function decoded(json: string): Value {
  const expression = parseExpression(`jsondecode(${JSON.stringify(json)})`);
  if (expression === null) throw new Error(json);
  return constant(expression);
}

describe('a text in JSON', () => {
  it('has a replacement character for half of a surrogate pair, in values and in names', () => {
    expect(decoded(String.raw`"\ud83d"`)).toBe('\uFFFD');
    expect(decoded(String.raw`{"\udc00x": ["\ud83d\ude00", "\ude00\ud83d"]}`)).toEqual({ '\uFFFDx': ['😀', '\uFFFD\uFFFD'] });
  });

  it('is not known with a name that is there twice, which Terraform may refuse', () => {
    expect(decoded('{"a": {}, "a": "x"}')).toBe(notKnown);
    expect(decoded(String.raw`{"\u0061": 1, "a": 2}`)).toBe(notKnown);
    expect(decoded(String.raw`{"e\u0301": 1, "\u00e9": 2}`)).toBe(notKnown);
    expect(decoded(String.raw`{"a:": {"a": "b:"}, "b\":": ["c:", {"a": 1}], "__proto__": 2}`)).toEqual(
      Object.fromEntries<unknown>([
        ['a:', { a: 'b:' }],
        ['b":', ['c:', { a: 1 }]],
        ['__proto__', 2],
      ]),
    );
  });

  it('is not known with a number that a double does not hold', () => {
    expect(decoded('[0.30000000000000001]')).toBe(notKnown);
    expect(decoded('1e400')).toBe(notKnown);
    expect(decoded('{"id": 222222222222, "note": "1e400 30000000000000000001"}')).toEqual({ id: 222_222_222_222, note: '1e400 30000000000000000001' });
  });
});
