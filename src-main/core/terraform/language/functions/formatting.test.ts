import { describe, expect, it } from 'vitest';
import { constant } from '../constant.ts';
import { parseExpression } from '../syntax/parse.ts';
import { failure, notKnown, type Value } from '../values/value.ts';

function valueOf(text: string): Value {
  const expression = parseExpression(text);
  if (expression === null) throw new Error(text);
  return constant(expression);
}

describe('a number in a format', () => {
  it('has an exponent with %v from a million on, and below a ten-thousandth', () => {
    expect(['222222222222', '1000000', '-1234567.5', '1e100', '0.000012'].map((number) => valueOf(`format("%v", ${number})`))).toEqual([
      '2.22222222222e+11',
      '1e+06',
      '-1.2345675e+06',
      '1e+100',
      '1.2e-05',
    ]);
    expect(['999999', '123456.5', '0.0001', '-1.50', '0'].map((number) => valueOf(`format("%v", ${number})`))).toEqual([
      '999999',
      '123456.5',
      '0.0001',
      '-1.5',
      '0',
    ]);
  });

  it('has one in each item of a list, too, but none within a value that is written as JSON', () => {
    expect(valueOf('formatlist("%s is %v", ["a", "b"], [222222222222, 1])')).toEqual(['a is 2.22222222222e+11', 'b is 1']);
    expect(valueOf('format("%v", [222222222222])')).toBe('[222222222222]');
  });

  it('has all of its digits with %s, %d and %x, however long it is', () => {
    expect(['%s', '%d', '%+d', '%x'].map((verb) => valueOf(`format("${verb}", 1e21)`))).toEqual([
      '1000000000000000000000',
      '1000000000000000000000',
      '+1000000000000000000000',
      '3635c9adc5dea00000',
    ]);
  });
});

describe('a text in a format', () => {
  it('is filled with zeros on the right where both are asked for, which a number is not', () => {
    expect(valueOf('format("%-05s|%-05v|%-05d|", "abc", "abc", 3)')).toBe('abc00|abc00|3    |');
  });

  it('is cut by a precision with %s alone', () => {
    expect(valueOf('format("%.2s %.2v", "abc", "abc")')).toBe('ab abc');
  });

  it('has no width where it is a boolean', () => {
    expect(valueOf('format("%6t|", true)')).toBe('true|');
  });

  it('is refused with an argument that no verb takes, by whichever positions they go', () => {
    expect(valueOf('format("%[1]v", 1, 2)')).toBe(failure);
    expect(valueOf('format("%[2]v %[1]v", 1, 2)')).toBe('2 1');
  });

  it('is not known with a null, of which Terraform does not know it either', () => {
    expect(valueOf('format("%v", null)')).toBe(notKnown);
  });
});
