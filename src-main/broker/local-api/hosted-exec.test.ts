import { expect, it } from 'vitest';
import type { HostedAsk } from '../../core/local-api/host-messages.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { hostedExec, type HostedCommandRunner } from './hosted-exec.ts';
import type { ApiContext, ApiHandlers } from './server.ts';

type Asked = { readonly request: unknown; readonly context: ApiContext };

const context: ApiContext = { signal: new AbortController().signal, connection: () => 7, files: null };
const request = { word: ['exec', 'default', '--', 'true'], pid: 42, terminal: 'none' as const };
const files = { config: { path: '/c', isNamed: false }, credentials: { path: '/d', isNamed: true } };

/** A handler of `exec` whose host asks `ask`, and what the app was asked of it. */
async function answered(ask: Partial<HostedAsk>, { platform = 'linux', isVerified = true }: { platform?: NodeJS.Platform; isVerified?: boolean } = {}) {
  const asked: Asked[] = [];
  let isRun = false;
  const host: HostedCommandRunner = {
    run: async (_command, answer) => {
      isRun = true;
      const said = await answer({ name: 'hand-off', fields: {}, files: null, ...ask });
      return said.ok ? 'become 3\n' : `say ${said.error.code}\nexit 1\n`;
    },
  };
  const handler = async (given: unknown, of: ApiContext) => {
    asked.push({ request: given, context: of });
    return failed(appError('profile-unknown', { profile: 'default' }));
  };
  const handlers = { check: handler, 'hand-off': handler } as Pick<ApiHandlers, 'check' | 'hand-off'>;
  const exec = hostedExec({ host, isCaller: async () => isVerified, handlers, version: '1.2.3', dataFolder: '/data', platform });
  return { answer: await exec(request, context), asked, isRun };
}

it('what a command asks is asked for its launcher: its process, its connection, and the AWS files that it means', async () => {
  const { answer, asked } = await answered({ fields: { profile: 'default', credentials: 'renewable' }, files });
  expect(answer).toEqual(succeeded({ text: 'say profile-unknown\nexit 1\n' }));
  expect(asked).toEqual([{ request: { profile: 'default', credentials: 'renewable', pid: 42 }, context: { ...context, files } }]);
});

it('a process that another one is named as is not believed by what runs the command', async () => {
  const { asked } = await answered({ fields: { profile: 'default', credentials: 'renewable', pid: 1 } });
  expect(asked).toMatchObject([{ request: { pid: 42 } }]);
});

it.each<[string, Partial<HostedAsk>]>([
  ['has an unknown field', { fields: { profile: 'default', credentials: 'renewable', more: 1 } }],
  ['has a wrong field', { name: 'check', fields: { profile: 'default', reading: {} } }],
  ['is no object', { fields: 'x' }],
  ['names AWS files in another form', { fields: { profile: 'default', credentials: 'renewable' }, files: { config: 1 } as unknown as HostedAsk['files'] }],
])('a question of a command that %s is refused as from any program', async (_what, ask) => {
  const { answer, asked } = await answered(ask);
  expect(answer).toEqual(succeeded({ text: 'say request-invalid\nexit 1\n' }));
  expect(asked).toEqual([]);
});

it.each([
  ['the kernel does not say that the launcher asks', { isVerified: false }],
  ['the system does not tell the environment of a process', { platform: 'darwin' as const }],
])('a command needs a process of its own where %s', async (_what, world) => {
  const { answer, isRun } = await answered({}, world);
  expect(answer).toEqual(failed(appError('exec-own-process')));
  expect(isRun).toBe(false);
});
