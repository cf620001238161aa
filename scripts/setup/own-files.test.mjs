import { describe, expect, test } from 'vitest';
import { refuseFallbackOnOwnFiles, takeAllowFallback } from './own-files.mjs';

const home = '/home/ann';
const fallback = { kind: 'fallback', version: '33.2.1' };
const elsewhere = { AWS_CONFIG_FILE: '/tmp/config', AWS_SHARED_CREDENTIALS_FILE: '/tmp/credentials' };
const start = (runtime, env, isAllowed = false) => refuseFallbackOnOwnFiles(runtime, { isAllowed, env, home });

describe('The fallback runtime', () => {
  test.each([
    ['in their usual place', {}],
    ['where only one of them is elsewhere', { AWS_CONFIG_FILE: '/tmp/config' }],
    ['where the variables name the usual place', { AWS_CONFIG_FILE: '~/.aws/config', AWS_SHARED_CREDENTIALS_FILE: '/home/ann/.aws/../.aws/credentials' }],
    ['where the variables are empty', { AWS_CONFIG_FILE: '', AWS_SHARED_CREDENTIALS_FILE: '' }],
  ])("the fallback runtime is not started on the user's own AWS files, %s", (_, env) => {
    expect(() => start(fallback, env)).toThrow(/own AWS files in Electron 33\.2\.1.*--retry-runtime.*npm run demo.*--allow-fallback/);
  });

  test("the fallback runtime is started on the user's own AWS files when the user says so", () => {
    expect(() => start(fallback, {}, true)).not.toThrow();
  });

  test('the fallback runtime is started on AWS files that are elsewhere', () => {
    expect(() => start(fallback, elsewhere)).not.toThrow();
    expect(() => start(fallback, { ...elsewhere, AWS_CONFIG_FILE: '/home/ann/.aws-of-a-trial/config' })).not.toThrow();
  });

  test("the official runtime is started on the user's own AWS files", () => {
    expect(() => start({ kind: 'official', version: '45.4.1' }, {})).not.toThrow();
  });

  test('the word that allows the fallback runtime is not handed on to the app', () => {
    expect(takeAllowFallback(['--hidden', '--allow-fallback'])).toEqual({ isAllowed: true, args: ['--hidden'] });
    expect(takeAllowFallback(['--hidden'])).toEqual({ isAllowed: false, args: ['--hidden'] });
  });
});
