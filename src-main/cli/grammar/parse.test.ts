import { describe, expect, it } from 'vitest';
import { parseDuration } from '../commands/support/option-values.ts';
import { parseCommandLine, type Parsed } from './parse.ts';

const parse = (line: string): Parsed => parseCommandLine(line === '' ? [] : line.split(' '));

describe('a command line', () => {
  it('a command line has its options before and behind the words, and the last of two wins', () => {
    const { kind, ...rest } = parse('--user-data-dir=A export --shell fish prod --shell=zsh --user-data-dir B');
    expect(kind).toBe('invocation');
    expect(rest).toMatchObject({ invocation: { command: 'export', word: 'prod', options: { shell: 'zsh', 'user-data-dir': 'B' } } });
  });

  it('a command line leaves everything behind the dashes to the command of exec', () => {
    expect(parse('exec --static prod -- terraform apply --help -- --static')).toMatchObject({
      invocation: { word: 'prod', options: { static: '' }, program: ['terraform', 'apply', '--help', '--', '--static'], programAt: 4 },
    });
  });

  it('a command line takes a profile that begins with a dash behind two', () => {
    expect(parse('login -- -odd')).toMatchObject({ invocation: { word: '-odd', options: {} } });
  });

  it.each(['--help', '-h', 'help', ''])('a command line asks for the help of all commands as %o', (line) => {
    expect(parse(line)).toEqual({ kind: 'help', command: null });
  });

  it.each(['help login', 'login --help', 'login prod -h', '--help login'])('a command line asks for the help of login as %o', (line) => {
    expect(parse(line)).toEqual({ kind: 'help', command: 'login' });
  });

  it('a command line asks for the version', () => {
    expect(parse('--version')).toEqual({ kind: 'version' });
  });

  it.each([
    ['frobnicate', 'usage-command'],
    ['help frobnicate', 'usage-command'],
    ['constructor', 'usage-command'],
    ['status extra', 'usage-surplus'],
    ['login', 'usage-missing'],
    ['login a b', 'usage-surplus'],
    ['login a --shell bash', 'usage-option'],
    ['login a --no-such', 'usage-option'],
    ['login a -x', 'usage-option'],
    ['login a --duration', 'usage-value'],
    ['login a --duration --code-stdin', 'usage-value'],
    ['login a --duration=', 'usage-value'],
    ['status --json=yes', 'usage-no-value'],
    ['logout', 'usage-either'],
    ['logout a --all', 'usage-either'],
    ['uninstall', 'usage-either'],
    ['uninstall a --all', 'usage-either'],
    ['exec a', 'usage-exec'],
    ['exec a terraform -chdir=b plan', 'usage-exec'],
    ['exec a --', 'usage-exec'],
    ['exec -- true', 'usage-missing'],
    ['exec a b -- true', 'usage-surplus'],
    ['completion ksh', 'usage-choice'],
    ['completion', 'usage-missing'],
    [`login ${'x'.repeat(513)}`, 'usage-profile'],
  ])('the command line %o is a mistake that is told (%s)', (line, key) => {
    expect(parse(line)).toMatchObject({ kind: 'usage', error: { key } });
  });
});

describe('a duration', () => {
  it.each([
    ['8h', 28_800],
    ['30m', 1800],
    ['90s', 90],
    ['1h30m', 5400],
    ['1H2M3S', 3723],
    ['900', 900],
    ['0', 0],
  ])('the duration %s is %i seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(['', 'h', '8 h', '-1h', '1.5h', '30m1h', '1h1h', '1d', '99999999', 'NaN'])('%o is no duration', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it('may give --account several times, and several accounts at once', () => {
    const given = (...args: string[]) => {
      const parsed = parseCommandLine(args);
      return parsed.kind === 'invocation' ? parsed.invocation.options.account : parsed;
    };
    expect(given('exec', 'p', '--account', '1', '--account=2,3', '--', 'terraform', 'apply')).toBe('1,2,3');
    expect(given('check', 'p', '--account', '1')).toBe('1');
  });
});
