import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ExportShell } from '../../contract/settings.ts';
import { awsVariables, exportText, type Variables } from './exports.ts';

const folder = mkdtempSync(join(tmpdir(), 'exports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nasty: Variables = [
  ['PLAIN', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY='],
  ['EMPTY', ''],
  ['SPACES', '  two  words  '],
  ['SINGLE', "it's ''quoted'' '"],
  ['DOUBLE', 'say "hello"'],
  ['DOLLAR', '$HOME ${HOME} $(id) $'],
  ['BACKTICK', '`id`'],
  ['BACKSLASH', "C:\\new\\table \\' \\\\"],
  ['TRAILING', 'ends with \\'],
  ['EQUALS', '=a=b='],
  ['HASH', '# not a comment'],
  ['META', '; & | < > ( ) [ ] { } * ? ~ ! ^ %'],
  ['UNICODE', 'アリス · é 🔑 ’‘‚‛'],
  ['NEW_LINES', 'one\ntwo\n'],
];

function text(shell: ExportShell, variables: Variables): string {
  const result = exportText(shell, variables);
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.params)}`);
  return result.value;
}

function refusal(shell: ExportShell, value: string) {
  const result = exportText(shell, [['NAME', value]]);
  return result.ok ? null : result.error;
}

/** The variables that a program started by `shell` sees after `shell` has run `script`. */
function arrived(shell: string, script: string): Record<string, string> {
  const file = join(folder, 'script');
  writeFileSync(file, `${script}exec env -0\n`);
  const env = { PATH: process.env['PATH'], HOME: folder };
  const { stdout, stderr } = spawnSync(shell, [file], { env, encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  const entries = stdout.split('\0').filter((entry) => entry !== '');
  return Object.fromEntries(entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
}

const present = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

describe.each([
  ['sh', 'bash'],
  ['dash', 'bash'],
  ['bash', 'bash'],
  ['zsh', 'bash'],
  ['fish', 'fish'],
] as const)('exports read by the real %s', (program, shell) => {
  it('exports read by a real shell bring every value to the programs that it starts', ({ skip }) => {
    if (!present(program)) skip(`${program} is not installed`);
    expect(arrived(program, text(shell, nasty))).toMatchObject(Object.fromEntries(nasty));
  });
});

describe('exports for zsh', () => {
  it('exports for zsh keep quotes apart under RC_QUOTES too', ({ skip }) => {
    if (!present('zsh')) skip('zsh is not installed');
    expect(arrived('zsh', `setopt rc_quotes\n${text('bash', nasty)}`)).toMatchObject(Object.fromEntries(nasty));
  });
});

describe('exports as text', () => {
  it('exports as text have one line each, begin with a space where that keeps them out of the history, and end the last line', () => {
    const variables: Variables = [
      ['A', "it's"],
      ['B', 'x\\'],
    ];
    expect(text('bash', variables)).toBe(" export A='it'\\''s'\n export B='x\\'\n");
    expect(text('fish', variables)).toBe(" set -gx A 'it\\'s'\n set -gx B 'x\\\\'\n");
    expect(text('powershell', variables)).toBe("$Env:A = 'it''s'\n$Env:B = 'x\\'\n");
    expect(text('cmd', variables)).toBe('set "A=it\'s"\r\nset "B=x\\"\r\n');
    expect(
      text('dotenv', [
        ['A', 'a/b+c='],
        ['B', ''],
      ]),
    ).toBe('A=a/b+c=\nB=\n');
  });

  it('exports as text double every quote that PowerShell takes for one, and leave $ and ` alone', () => {
    expect(text('powershell', [['A', '\'’‘‚‛ $x `n "q"']])).toBe("$Env:A = '''’’‘‘‚‚‛‛ $x `n \"q\"'\n");
  });

  it('exports as text keep what is plain within the quotes of cmd', () => {
    expect(text('cmd', [['A', "a&b|c<d>e^f (g) =h; # $x 'y' ’ é"]])).toBe('set "A=a&b|c<d>e^f (g) =h; # $x \'y\' ’ é"\r\n');
  });
});

describe('exports that a shell cannot express', () => {
  it.each(['%PATH%', '100%', 'a"b', 'wow!', 'a\nb'])('exports that a shell cannot express are refused by cmd: %j', (value) => {
    expect(refusal('cmd', value)).toEqual({ code: 'export-unquotable', params: { variable: 'NAME', shell: 'cmd' } });
  });

  it.each(['a b', ' a', "it's", '"q"', '`x`', '$x', 'a\\b', 'a#b', 'a\nb', 'a\u00a0b'])(
    'exports that a shell cannot express are refused by dotenv: %j',
    (value) => {
      expect(refusal('dotenv', value)?.code).toBe('export-unquotable');
    },
  );

  it.each(['bash', 'fish', 'powershell', 'cmd', 'dotenv'] as const)(
    'exports that a shell cannot express are refused by %s when they hold a control character',
    (shell) => {
      for (const value of ['a\0b', 'a\rb', 'a\tb', 'a\x1b[A', 'a\x7f', 'a\x9b', 'half \ud800']) {
        expect(refusal(shell, value)?.code).toBe('export-unquotable');
      }
    },
  );

  it('exports that a shell cannot express are a mistake of the caller when it is the name that is wrong', () => {
    expect(() => exportText('bash', [['A; id', 'x']])).toThrow(TypeError);
  });
});

describe('a dotenv file', () => {
  it('a dotenv file brings every value that it accepts to node --env-file', () => {
    const accepted = nasty.filter(([, value]) => refusal('dotenv', value) === null);
    expect(accepted.map(([name]) => name)).toEqual(['PLAIN', 'EMPTY', 'EQUALS']);
    const variables: Variables = [...accepted, ['MARKS', '~!@%^&*()-_+=[]{}|;:,.<>/?'], ['UNICODE', 'アリス·é🔑']];
    const file = join(folder, '.env');
    writeFileSync(file, text('dotenv', variables));
    const print = 'process.stdout.write(JSON.stringify(process.env))';
    const { stdout } = spawnSync(process.execPath, [`--env-file=${file}`, '-e', print], { env: {}, encoding: 'utf8' });
    expect(JSON.parse(stdout)).toMatchObject(Object.fromEntries(variables));
  });
});

describe('the variables of a session', () => {
  const credentials = {
    accessKeyId: 'ASIAEXAMPLE',
    secretAccessKey: 'secret/key',
    sessionToken: 'token==',
    expiresAt: Date.UTC(2030, 0, 2, 3, 4, 5, 678),
  };

  it('the variables of a session come in a fixed order, with both names of the region', () => {
    expect(awsVariables(credentials, 'eu-west-1')).toEqual([
      ['AWS_ACCESS_KEY_ID', 'ASIAEXAMPLE'],
      ['AWS_SECRET_ACCESS_KEY', 'secret/key'],
      ['AWS_SESSION_TOKEN', 'token=='],
      ['AWS_REGION', 'eu-west-1'],
      ['AWS_DEFAULT_REGION', 'eu-west-1'],
      ['STS_TRAY_REGION', 'eu-west-1'],
      ['AWS_CREDENTIAL_EXPIRATION', '2030-01-02T03:04:05Z'],
    ]);
  });

  it('the variables of a session leave the region of the shell alone when the profile states none', () => {
    expect(awsVariables(credentials, null).map(([name]) => name)).not.toContain('AWS_REGION');
  });

  it('the variables of a session can be expressed for every shell', () => {
    for (const shell of ['bash', 'fish', 'powershell', 'cmd', 'dotenv'] as const) {
      expect(exportText(shell, awsVariables(credentials, 'eu-west-1')).ok).toBe(true);
    }
  });
});
