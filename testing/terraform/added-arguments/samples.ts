import { Random } from '../expressions/random.ts';

const pieces = [
  ...['-var', '-var=a=', 'a=x', 'R&D', '2', '12', 'é', '\u00a0', '#', '$HOME', '${x}', '$(x)', '*', '~', '=', '{"a":1}', '[0]', 'C:\\dir'],
  ...[' ', ' ', ' ', '  ', '\t', '\n', '\r\n', ';', '&', '&&', '|', '<', '>', '2>', '(', ')', '`'],
  ...["'", "'", '"', '"', "''", '""', '\\', '\\\\', "\\'", '\\"', '\\ ', '\\;', '\\$', '\\é', '\\x', '\\t', '\\n', '\\`', '\\\n'],
  ...["'a b'", '"a b"', "'a\\b'", '"a\\.b"', '"a\\"b"', "'a;b'", '"a|b"', '"a\'b"', "'a\"b'", '"(a)"', "'`a`'", '"`a`"', '"$(a)"'],
] as const;

/** Values that try how Terraform splits them, the same for the same seed. */
export function sampleValues(count: number, seed: number): readonly string[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => Array.from({ length: 1 + random.below(8) }, () => random.one(pieces)).join(''));
}
