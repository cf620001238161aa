import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesOf } from '../../core/aws-files/aws-file-sections.ts';
import { readAwsFileText } from '../../core/aws-files/aws-file-text.ts';
import { pythonWithBoto3 } from '../../../testing/app/aws-clients.ts';
import { readByBotocore, type BotocoreReading } from '../../../testing/aws-files/botocore-reading.ts';

type AwsFile = readonly [kind: 'config' | 'credentials', text: string];

/** What people and their tools write. */
const written: readonly AwsFile[] = [
  ['config', '[profile "two words"]\nregion = a\n'],
  ['credentials', '[two words]\nregion = a\n'],
  ['config', "[profile 'quoted']\nregion = a\n"],
  ['config', '[profile Co-[production]/Admin]\nregion = a\n'],
  ['config', '[profile    b]\nregion = a\n[profile c ]\nregion = b\n'],
  ['config', '[profile a b]\nregion = a\n'],
  ['config', '[profile 本番]\nregion = a\n'],
  ['config', '[profile "it\'s"]\nregion = a\n'],
  ['config', '[profile "open]\nregion = a\n'],
  ['config', '[profile a\\ b]\nregion = a\n[profile "a\\"b\\c"]\nregion = b\n'],
  ['config', '[profile a\\]\nregion = a\n'],
  ['config', '[ default ]\nregion = a\n'],
  ['config', '[default] # [x]\nregion = a\n'],
  ['config', '[default] # the usual one\nregion = a\n'],
  ['config', '[profile default]\nregion = a\n[default]\noutput = json\n'],
  ['config', '[profile a]\nregion = a\n[profile "a"]\noutput = json\n'],
  ['config', '[DEFAULT]\nregion = a\n[profile b]\noutput = json\n[default]\n'],
  ['config', '[DEFAULT]\nregion = a\n[DEFAULT]\noutput = text\n[profile b]\n'],
  ['config', '[profile]\nregion = a\n[profilex b]\nregion = a\n[sso-session corp]\nsso_region = a\n[services dev]\nsts =\n  endpoint_url = b\n'],
  ['config', '[profile constructor]\nregion = a\n[profile __proto__]\nregion = b\n'],
  ['config', '[profile a]\n  region = a\n  s3 =\n    addressing_style = path\n    max = 1\n  role_arn = b\n'],
  ['config', '[default]\ns3 =\n  a = b\n    c = d\n  a = e\n'],
  ['config', '[default]\ns3 =\n\n  a = b\n\n\nregion = c\n'],
  ['config', '[default]\ns3 =\n  no value\nregion = c\n'],
  ['config', '[default]\nregion = a\n\n  output = b\n'],
  ['config', '[default]\nregion = a\n  # a comment\n  b\n; another\nc = d\n'],
  ['config', '[default]\nREGION = a\nRole_Arn: b\nx=1=2:3\ny:=z\n'],
  ['config', '[default]\nregion = a\nREGION = b\n'],
  ['config', '[x]\na = b\n[x]\n'],
  ['config', 'region = a\n[default]\n'],
  ['config', '[default]\nregion\n'],
  ['config', '[default]\n= a\n'],
  ['config', '[]\n[default]\n'],
  ['config', '\uFEFF[default]\nregion = a\n'],
  ['config', '[default]\nregion = a\n\uFEFF[profile b]\nregion = b\n'],
  ['credentials', '[a]\nx = y\n\uFEFF[b] = c\nz = d\n'],
  ['config', '[profile a]\nregion = a\n[profile b\u2028c]\nregion = b\n[profile \u2029]\nregion = c\n'],
  ['config', '[default]\r\nregion = a\r\n\r\n[profile b]\r\n'],
  ['config', '[default]\rregion = a\r[profile b]\rregion = b'],
  ['config', '[default]\nregion = \u00A0a\u00A0\n\u3000output = json\n'],
  ['config', '[default]\ncredential_process = "C:\\Program Files\\a.exe" --flag\nca_bundle = ~/ca.pem\n'],
  ['config', ''],
  ['config', '\n\n# nothing\n'],
  ['credentials', '[profile x]\na = b\n[ y ]\na = b\n["z"]\na = b\n[DEFAULT]\nc = d\n'],
  ['credentials', '[a]\naws_access_key_id = "quoted"\naws_secret_access_key = x#y;z\n'],
];

const header = fc.constantFrom(
  ...[
    '[default]',
    '[profile a]',
    '[profile "a"]',
    "[profile 'b c']",
    '[profile b c]',
    '[profile  d ]',
    '[profile e[f]]',
    '[profile g\\h]',
    '[a]',
    '[b c]',
    '[DEFAULT]',
  ],
  ...[
    '[sso-session s]',
    '[services s]',
    '[preview]',
    '[profile "open]',
    '[profile]',
    '[]',
    '[ default ]',
    '[default',
    '[profile \u540D]',
    '[default] ; x',
    '[profilea b]',
  ],
);
const indent = fc.constantFrom('', '', '', '', '  ', '  ', '    ', '\t');
const name = fc.constantFrom('region', 'Region', 'role_arn', 'ROLE_ARN', 's3', 'mfa_serial', 'aws_access_key_id', 'source_profile', 'two words', 'x', 'y', 'z');
const delimiter = fc.constantFrom(' = ', '=', ': ', ' : ', ' =', '=\t');
const value = fc.constantFrom('a', 'eu-west-1', '', 'a=b', 'a:b', '"quoted"', 'a b', '~/x', '$HOME/x', 'a#b', 'a;b', '\u540D', 'a]', '[a]', '%(x)s');
const setting = fc.tuple(indent, name, delimiter, value).map((parts) => parts.join(''));
const rest = fc.constantFrom('', '', '# comment', '; comment', '  # comment', '   ', 'junk', '  junk', '= a', '    a = b');
const line = fc.oneof({ weight: 3, arbitrary: header }, { weight: 9, arbitrary: setting }, { weight: 3, arbitrary: rest });
const text = fc
  .tuple(fc.constantFrom('', '', '', '\uFEFF'), fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', '\n', '\r\n', '\r'))
  .map(([mark, lines, end]) => `${mark}[default]${end}${lines.map((each) => each + end).join('')}`);
const generated = fc.sample(fc.tuple(fc.constantFrom('config' as const, 'config' as const, 'credentials' as const), text), { numRuns: tries(), seed: seed() });

/** How many files are made; more by `AWS_FILE_TRIES`. */
function tries(): number {
  return Number(process.env['AWS_FILE_TRIES'] ?? 400);
}

function seed(): number {
  return Number(process.env['AWS_FILE_SEED'] ?? Date.now() % 1_000_000);
}

/** As the app reads it, in the form of botocore's: null where there is something for which that refuses the file. */
function readHere([kind, content]: AwsFile): BotocoreReading {
  const reading = readAwsFileText(content);
  if (reading.faults.some((fault) => fault.kind !== 'continued')) return null;
  // The sections that the AWS CLI has for itself are not in what is asked of botocore.
  return Object.fromEntries(Object.entries(entriesOf(reading, kind)).filter(([entry]) => !entry.startsWith('tool.')));
}

/** Botocore takes no comment behind a value, and knows sections of the credentials file that are no profiles. */
function alike(reading: BotocoreReading): BotocoreReading {
  if (reading === null) return null;
  const entries = Object.entries(reading).map(([section, settings]) => {
    const values = Object.entries(settings).map(([setting_, value_]) => [setting_, value_.replaceAll(/[ \t][#;].*$/gm, '').trimEnd()]);
    return [section, Object.fromEntries(values)] as const;
  });
  return Object.fromEntries(entries);
}

const python = pythonWithBoto3();

describe.skipIf(python === null)('an AWS file', () => {
  it.each([
    ['as people and their tools write it', written],
    ['of random lines', generated],
  ])('%s is read as botocore reads it, and told of where botocore refuses it', async (_, files) => {
    const theirs = await readByBotocore(python ?? '', files);
    const different = files.flatMap((file, index) => {
      const [ours, expected] = [readHere(file), alike(theirs[index] ?? null)];
      return JSON.stringify(sorted(ours)) === JSON.stringify(sorted(expected)) ? [] : [{ file, ours, expected }];
    });
    expect(different.slice(0, 3)).toEqual([]);
    expect(theirs.filter((reading) => reading !== null && Object.keys(reading).length > 0).length).toBeGreaterThan(files.length / 5);
    expect(theirs).toContain(null);
  });
});

function sorted(reading: BotocoreReading): unknown {
  const byName = <T>(entries: readonly (readonly [string, T])[]) => entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return reading === null ? null : byName(Object.entries(reading)).map(([section, settings]) => [section, byName(Object.entries(settings))]);
}
