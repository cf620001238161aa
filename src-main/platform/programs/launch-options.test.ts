import { describe, expect, it } from 'vitest';
import { leaveHandOff, readLaunchOptions, readStart } from './launch-options.ts';

const checkout = (...words: string[]) => readStart(['/opt/electron', ...words], '/home/ann/checkout');
const folder = '/home/ann/checkout';

describe('a start', () => {
  it('a start is a command from its first word on, in a checkout behind the folder of the app', () => {
    expect(checkout('--no-sandbox', '--log-level=3', folder, 'exec', 'prod', '--', 'ls', '-l')).toEqual({
      runtime: ['--no-sandbox', '--log-level=3', folder],
      commandLine: ['exec', 'prod', '--', 'ls', '-l'],
    });
  });

  it('a start is a command in a package, whatever flags of Chromium come before', () => {
    const start = (...words: string[]) => readStart(['/opt/STS Tray/sts-tray', ...words], null).commandLine;
    expect(start('--log-level=3', 'status', '--json')).toEqual(['status', '--json']);
    expect(start('--hidden')).toBeNull();
    expect(start()).toBeNull();
  });

  it.each(['--help', '-h', '--version'])('a start is a command when it asks with %s', (word) => {
    expect(checkout(folder, word).commandLine).toEqual([word]);
  });

  it.each([[], ['--hidden'], ['--inspect=0', '--user-data-dir=/data'], ['--user-data-dir', '/data']].map((words) => [words]))(
    'a start is one of the app with %j',
    (words) => {
      expect(checkout(folder, ...words).commandLine).toBeNull();
    },
  );

  it.each([[['--user-data-dir=/data']], [['--user-data-dir', '/data']]])('a start keeps %j that comes before the command', (words) => {
    expect(checkout(folder, ...words, '--hidden', 'status').commandLine).toEqual([...words, 'status']);
  });

  it('a start takes a module that is loaded first for no command', () => {
    expect(checkout('-r', '/x/loader.js', folder, '--hidden').commandLine).toBeNull();
  });
});

describe('the data folder', () => {
  it.each([[['--user-data-dir=/data']], [['--user-data-dir', '/data']]])('the data folder is the one of %j', (words) => {
    expect(readLaunchOptions(['/opt/electron', ...words, '--hidden'], {})).toMatchObject({ userDataDir: '/data', hidden: true });
  });

  it('the data folder is the usual one without the flag, or without a value', () => {
    expect(readLaunchOptions(['/opt/electron'], {}).userDataDir).toBeNull();
    expect(readLaunchOptions(['/opt/electron', '--user-data-dir='], {}).userDataDir).toBeNull();
  });
});

describe('the environment of a start', () => {
  const left = (env: Readonly<Record<string, string>>) => {
    const copy: NodeJS.ProcessEnv = { ...env };
    leaveHandOff(copy);
    return copy;
  };

  it('the environment of a start from a terminal or a run of the app is the user’s own, past the relay that the app is itself', () => {
    const run = {
      HOME: '/',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1/token',
      STS_TRAY_AWS_ENDPOINT_URL_STS: '',
      STS_TRAY_RUN: 'r',
      AWS_ACCESS_KEY_ID: 'ASIAX',
    };
    expect(left(run)).toEqual({ HOME: '/' });
    expect(left({ HOME: '/', STS_TRAY_PROFILE: 'prod', AWS_PROFILE: 'prod', AWS_CONFIG_FILE: '/private' })).toEqual({ HOME: '/' });
  });

  it('the environment of any other start is left as it is', () => {
    const env = { HOME: '/', AWS_PROFILE: 'own', AWS_ENDPOINT_URL_STS: 'https://own.example' };
    expect(left(env)).toEqual(env);
  });
});
