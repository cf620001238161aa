import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { askApp } from '../../src-main/cli/process/app-connection.ts';
import { notRunning } from '../../src-main/cli/process/connect.ts';
import type { View } from '../../src-main/contract/ipc.ts';
import type { ApiName, ApiRequest } from '../../src-main/contract/local-api.ts';
import { login, renewInPanel } from '../../testing/app/sessions.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { unlessClosed, type RunningApp } from '../../testing/app/running-app.ts';
import type { KeptThings } from '../../testing/memory/kept-things.ts';
import { nothingHappensFor } from '../../testing/processes/deadline.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { timesOf } from '../../testing/trust/times.ts';

// An app that is used for a long time, as quickly as it goes.

const missing = missingPrograms().map(({ program }) => program);
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

test.describe.configure({ mode: 'serial' });

/** How often each window is opened before it is counted, up to when it is counted again, and up to the end. */
const third = timesOf({ usual: 3, thorough: 25 });
/** How many programs get a session while one of each window is open. */
const handOffs = 15;

/** What may come in the last third: the engine's own notes on code that runs often, but nothing for each window or hand-off. */
const most = { objects: 150, heapBytes: 1_000_000, rssBytes: 30_000_000 };
/** How long a new window waits for its page at most, and more, in milliseconds. */
const settlingMs = 3_500;

type Kept = KeptThings & { readonly windows: number; readonly renderers: number; readonly files: number };

let rig: AppRig;
let app: RunningApp;
let [before, after]: Kept[] = [];

test.beforeAll(async () => {
  test.setTimeout(600_000);
  rig = await AppRig.start();
  await rig.configureAws({ config: `\n[profile deploy]\nrole_arn = ${rig.aws.accounts.b.deployRoleArn}\nsource_profile = default\nregion = us-east-1\n` });
  await mkdir(join(rig.home, 'tmp'));
  app = await rig.startApp({ env: { TMPDIR: join(rig.home, 'tmp') } });
  await login(rig, 'default');
  for (let time = 0; time < 2 * third; time += 1) await useEachWindow();
  before = await kept();
  for (let time = 0; time < third; time += 1) await useEachWindow();
  after = await kept();
});
test.afterAll(() => rig.close());

/** What the app says to a program; null where it refuses. */
async function ask<N extends ApiName>(name: N, fields: ApiRequest<N>): Promise<object | null> {
  const answer = await askApp({ kind: 'socket', path: join(rig.dataFolder, 'run', 'api.sock') }, name, fields);
  if (answer === notRunning) throw new Error('the app does not run');
  return answer.ok ? answer.value : null;
}

async function useEachWindow(): Promise<void> {
  // A program waits until the question is closed.
  const asked = ask('console', { profile: 'deploy', addressOnly: true });
  await ask('panel', {});
  const panel = await app.window('panel');
  await renewInPanel(panel, 'default');
  await panel.getByRole('button', { name: 'Settings' }).click();
  const views: readonly View[] = ['panel', 'settings', 'mfa', 'question'];
  await expect.poll(() => new Set<string | null>(app.openViews())).toEqual(new Set(views));
  for (let time = 0; time < handOffs; time += 1) {
    expect(await ask('credential-process', { profile: time % 2 === 0 ? 'default' : 'deploy', pid: process.pid })).not.toBeNull();
    expect(await ask('hand-off', { profile: 'default', credentials: time % 2 === 0 ? 'static' : 'renewable', pid: process.pid })).not.toBeNull();
  }
  await app.closeWindows(['panel', 'settings']);
  for (const view of ['mfa', 'question'] as const) {
    const window = await app.window(view);
    await window.keyboard.press('Escape').catch(unlessClosed(window));
  }
  expect(await asked).toBeNull();
  await expect.poll(() => app.openViews()).toEqual([]);
}

async function kept(): Promise<Kept> {
  await nothingHappensFor(settlingMs);
  const folders = [rig.dataFolder, join(rig.home, 'tmp')];
  const files = (await Promise.all(folders.map((folder) => readdir(folder, { recursive: true })))).flat();
  return { ...(await app.kept()), windows: app.windows().length, renderers: app.renderers().length, files: files.length };
}

test('an app that is used for a long time has no window, renderer, timer, socket, open file or file more than before', () => {
  expect({ windows: after?.windows, renderers: after?.renderers }).toEqual({ windows: 0, renderers: 0 });
  expect(before?.resources).toMatchObject({ PipeWrap: expect.any(Number) });
  expect(after?.resources).toEqual(before?.resources);
  expect(added('descriptors')).toBeLessThan(third);
  // Chromium writes some of its own after a while.
  expect(added('files')).toBeLessThan(third);
  told();
});

test('an app that is used for a long time keeps as much in memory as before', () => {
  expect(before?.objects).toBeGreaterThan(10_000);
  expect(added('objects')).toBeLessThan(most.objects);
  expect(added('heapBytes')).toBeLessThan(most.heapBytes);
  expect(added('rssBytes')).toBeLessThan(most.rssBytes);
  told();
});

function added(what: 'objects' | 'heapBytes' | 'rssBytes' | 'descriptors' | 'files'): number {
  if (before === undefined || after === undefined) throw new Error('nothing was counted');
  return after[what] - before[what];
}

/** Says how many windows were opened, for the table of `npm run test:trust`. */
function told(): void {
  test.info().annotations.push({ type: 'times', description: String(4 * 3 * third) });
}
