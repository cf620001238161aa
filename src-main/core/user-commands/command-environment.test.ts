import { expect, it } from 'vitest';
import { commandEnvironment } from './command-environment.ts';

it('a command of the user’s has the environment of the app, without credentials, runs and what changes Node and Electron', () => {
  const env = {
    HOME: '/home/alice',
    LANG: 'ja_JP.UTF-8',
    PATH: '/usr/bin',
    AWS_CONFIG_FILE: '/home/alice/config',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_SESSION_TOKEN: 'x',
    NODE_OPTIONS: '--require=/tmp/x.js',
    NODE_EXTRA_CA_CERTS: '/tmp/x.pem',
    ELECTRON_RUN_AS_NODE: '1',
    STS_TRAY_RELAY: 'http://127.0.0.1:1/token',
    BASH_ENV: '/tmp/x.sh',
    UNSET: undefined,
  };
  expect(commandEnvironment(env, { platform: 'linux', path: '/login/bin' })).toEqual({
    HOME: '/home/alice',
    LANG: 'ja_JP.UTF-8',
    AWS_CONFIG_FILE: '/home/alice/config',
    PATH: '/login/bin',
  });
});

it('on Windows variables are the same in any case', () => {
  expect(commandEnvironment({ Path: 'C:\\', aws_session_token: 'x', node_options: 'x' }, { platform: 'win32', path: 'D:\\' })).toEqual({ PATH: 'D:\\' });
});
