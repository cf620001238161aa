import { expect, it } from 'vitest';
import { constant } from '../constant.ts';
import { parseExpression } from '../syntax/parse.ts';
import { notKnown, type Value } from '../values/value.ts';

function valueOf(text: string): Value {
  const expression = parseExpression(text);
  if (expression === null) throw new Error(text);
  return constant(expression);
}

it.each([
  ['a zero with a sign', ['tostring(-0)', '-0.0', 'tonumber("-0")', 'jsondecode("-0")', 'yamldecode("-0.0")', 'sum(["-0"])', 'jsondecode("[-0.0]")[0]']],
  ['a number with a power of two', ['tonumber("1p3")', 'can(tonumber("1P-3"))', '"1.5p2" * 1']],
  [
    'an address of IPv4 within IPv6',
    [
      'cidrsubnet("::ffff:a00:0/104", 8, 1)',
      'cidrsubnet("::/80", 16, 65535)',
      'cidrhost("::/80", 281470681743361)',
      'cidrhost("::ffff:10.0.0.0/104", 1)',
      'cidrnetmask("::ffff:a00:0/104")',
      'cidrsubnets("::fffe:0:0/94", 2, 2)',
    ],
  ],
  [
    'a pattern with several groups of a name',
    ['regex("(?P<a>x)(?P<a>y)", "xy")', 'regexall("(?<a>x)(?P<a>y)", "xy")', 'replace("xy", "/(?P<a>x)(?P<a>y)/", "$a")'],
  ],
  ['a null, whose type may not be that of the items, as what lookup falls back on', ['lookup(tomap({ a = [1] }), "b", null)']],
])('%s is not known, since Terraform’s libraries have ways of their own with it', (_what, texts) => {
  expect(texts.map(valueOf)).toEqual(texts.map(() => notKnown));
});
