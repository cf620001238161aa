import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { succeeded } from '../../core/errors.ts';
import { callerFiles } from '../../cli/process/caller-files.ts';
import { awsFiles } from '../../aws/files/environment.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import { ofSameFiles } from './same-files.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'same-files-'));
  for (const name of ['one', 'two']) await writeFile(join(home, name), '');
});
afterEach(() => rm(home, { recursive: true }));

const login: ApiHandlers['login'] = async () => succeeded({}) as never;
const logout: ApiHandlers['logout'] = async () => succeeded({}) as never;

/** What the app, with one environment, answers to a command line with another. */
async function asked(caller: Record<string, string>, app: Record<string, string> = {}, chosen: string | null = null) {
  const env = { HOME: home, ...app };
  const files = awsFiles(env, () => ({ config: chosen, credentials: null }));
  const handlers = ofSameFiles({ login, logout }, { files, env, dataFolder: join(home, 'data') });
  const context = { signal: new AbortController().signal, files: callerFiles({ env: { HOME: home, ...caller }, homedir: home, cwd: home }) };
  const [answer, ending] = [await handlers.login({ profile: 'default' }, context), await handlers.logout({ profile: 'default' }, context)];
  expect(ending.ok).toBe(true);
  return answer.ok ? 'answered' : answer.error;
}

describe('a command whose AWS files are others than those of the app', () => {
  it('a command whose AWS files are others than those of the app is refused, with both', async () => {
    const params = { variable: 'AWS_CONFIG_FILE', theirs: join(home, 'one'), ours: join(home, '.aws/config') };
    expect(await asked({ AWS_CONFIG_FILE: '$HOME/one' })).toEqual({ code: 'aws-files-differ', params });
    expect(await asked({ AWS_SHARED_CREDENTIALS_FILE: 'one' })).toMatchObject({
      params: { variable: 'AWS_SHARED_CREDENTIALS_FILE', theirs: join(home, 'one') },
    });
  });

  it('a command whose AWS files are others than those of the app is refused too where it is the app that a variable leads elsewhere', async () => {
    expect(await asked({}, { AWS_CONFIG_FILE: join(home, 'one') })).toMatchObject({ params: { theirs: join(home, '.aws/config'), ours: join(home, 'one') } });
  });

  it('a command of the same files is answered, by whatever name and over whatever link', async () => {
    await symlink(join(home, 'one'), join(home, 'link'));
    expect(await asked({})).toBe('answered');
    expect(await asked({ AWS_CONFIG_FILE: '~/.aws/config' })).toBe('answered');
    expect(await asked({ AWS_CONFIG_FILE: '~/link' }, { AWS_CONFIG_FILE: join(home, 'one') })).toBe('answered');
    expect(await asked({ AWS_CONFIG_FILE: 'two' }, {}, join(home, 'two'))).toBe('answered');
  });

  it('a command without such a variable is answered where a file was chosen in the app', async () => {
    expect(await asked({}, {}, join(home, 'two'))).toBe('answered');
  });

  it('a command in a terminal of the app is asked about the files of the shell that it was opened from', async () => {
    const terminal = { STS_TRAY_PROFILE: 'default', AWS_CONFIG_FILE: join(home, 'data/terminals/a/config') };
    expect(await asked(terminal)).toBe('answered');
    expect(await asked({ ...terminal, STS_TRAY_AWS_CONFIG_FILE: join(home, 'one') })).toMatchObject({ code: 'aws-files-differ' });
    expect(await asked({ AWS_CONFIG_FILE: terminal.AWS_CONFIG_FILE })).toBe('answered');
  });
});
