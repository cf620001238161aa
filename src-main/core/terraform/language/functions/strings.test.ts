import { describe, expect, it } from 'vitest';
import { constant } from '../constant.ts';
import { parseExpression } from '../syntax/parse.ts';
import { convert } from '../values/convert.ts';
import { otherAccount, unknownPart } from '../values/stand-in.ts';
import { failure, notKnown, type Value } from '../values/value.ts';

function valueOf(text: string): Value {
  const expression = parseExpression(text);
  if (expression === null) throw new Error(text);
  return constant(expression);
}

describe('letters', () => {
  it('change one by one as in Go, whatever stands around them', () => {
    expect(valueOf('lower("ΑΣ Β")')).toBe('ασ β');
    expect(valueOf('upper("ñandú ÿ")')).toBe('ÑANDÚ Ÿ');
  });

  it('are not known where Go and JavaScript change them in different ways', () => {
    expect(['lower("İ")', 'upper("straße")', 'upper("ა")', 'title("ǆ")', 'upper("ﬁ")'].map(valueOf)).toEqual(Array.from({ length: 5 }, () => notKnown));
    // They are left as they are.
    expect(valueOf('lower("straße ა 日本")')).toBe('straße ა 日本');
  });

  it('begin a word behind a space or a sign of ASCII, and behind no other sign', () => {
    expect(valueOf('title("a–b c’d x-y o\'n é é 1a _a")')).toBe("A–b C’d X-Y O'N É É 1a _a");
    expect(valueOf('title("a\u00A0b\u2003c")')).toBe('A\u00A0B\u2003C');
  });
});

describe('signs', () => {
  it('are counted as Terraform counts them', () => {
    expect(['length("か\u3099e\u0301x")', 'length("👍🏽🇯🇵")', 'substr("日本-prod", 3, -1)', 'strrev("ae\u0301")'].map(valueOf)).toEqual([3, 2, 'prod', 'éa']);
  });

  it('are not counted where newer rules than Terraform’s join others: consonants of India, joiners, and what came later', () => {
    const texts = [
      'substr("क्ष-prod", 2, -1)',
      'length("ക്ഷ")',
      'strrev("ក្ខ")',
      'format("%5s", "👩\u200D💻")',
      'format("%.1s", "a\u1ACF")',
      'length("\u{16D63}")',
    ];
    expect(texts.map(valueOf)).toEqual(texts.map(() => notKnown));
    // They are left as they are.
    expect(valueOf('format("%s", "क्ष")')).toBe('क्ष');
  });
});

describe('what is replaced', () => {
  it('is nothing at all between the letters with an empty pattern', () => {
    expect(valueOf('replace("abc", "//", "x")')).toBe('xaxbxcx');
    expect(valueOf('replace("abc", "/", "x")')).toBe('abc');
  });

  it('is nothing at all only where no match ends', () => {
    expect(valueOf('replace("abc", "/b*/", "x")')).toBe('xaxcx');
    expect(valueOf('regexall("b*", "abc")')).toEqual(['', 'b', '']);
  });

  it('is not known by the name of a group that is not written in ASCII', () => {
    expect(valueOf('replace("abc", "/(b)/", "$1é")')).toBe(notKnown);
  });
});

describe('a text of an account that is not known', () => {
  it('may be yes or no where it is a part of the account’s ID, or a part that is not known', () => {
    expect(convert(otherAccount(0).slice(0, 1), 'bool')).toBe(notKnown);
    expect(convert(unknownPart, 'bool')).toBe(notKnown);
    expect(convert('x', 'bool')).toBe(failure);
  });
});
