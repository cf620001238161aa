import { appendFile, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { accessibilityFlaws } from '../../testing/appearance/accessibility.ts';
import { flawsOf } from '../../testing/appearance/flaws.ts';
import { leaksInFolder, leaksInRenderer } from '../../testing/app/canaries.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { launcher, runStsTray } from '../../testing/app/sts-tray.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The ledger: what was issued, who got it, and how it ended.

test.describe.configure({ mode: 'serial' });

const missing = [...['aws', 'curl', 'xterm'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

type HandOff = { readonly way: string; readonly program: { readonly command: string; readonly pid: number; readonly folder: string | null } | null };
type Session = {
  readonly record: 'session';
  readonly profile: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly role: string | null;
  readonly sessionName: string;
  readonly handOffs: readonly HandOff[];
  readonly ended: { readonly how: string } | null;
};

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  await rig.configureAws({ config: `\n[profile deploy]\nrole_arn = ${rig.aws.accounts.b.deployRoleArn}\nsource_profile = default\n` });
  app = await rig.startApp({ args: [] });
});
test.afterAll(() => rig.close());

const ledger = () => join(rig.dataFolder, 'ledger.jsonl');

async function history(...args: readonly string[]): Promise<readonly Session[]> {
  const { exitCode, stdout } = await runStsTray(rig, ['history', ...args, '--json']);
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as Session[];
}

test('the history has a session with every program that got it, its folder and its process', async () => {
  await login(rig, 'default');
  const { command, pid } = await aProgram();
  await runStsTray(rig, ['export', 'default']);
  await runStsTray(rig, ['exec', 'deploy', '--', 'aws', 'sts', 'get-caller-identity'], { cwd: rig.home });
  await (await app.window('panel')).getByRole('article', { name: 'default' }).getByRole('button', { name: 'Copy exports' }).click();

  const [role, base] = await history();
  expect(base).toMatchObject({ profile: 'default', accountId: '111111111111', role: null, sessionName: 'alice', ended: null });
  expect(role).toMatchObject({ profile: 'deploy', accountId: '222222222222', role: 'deploy', sessionName: 'alice', ended: null });
  expect(base?.accessKeyId).toMatch(/^ASIA/);
  expect(base?.handOffs.map(({ way }) => way)).toEqual(['credential-process', 'export', 'clipboard']);
  expect(base?.handOffs[0]?.program).toEqual({ command, pid, folder: rig.home, verified: true, peer: null });
  expect(role?.handOffs.find(({ way }) => way === 'exec')?.program).toMatchObject({ command: 'aws sts', folder: rig.home });
});

/** Starts a program that asks as the SDKs do, through a `credential_process`. */
async function aProgram(): Promise<{ readonly command: string; readonly pid: number }> {
  const script = `echo $$; ${launcher(rig).join(' ')} credential-process default >/dev/null`;
  const { stdout } = await runProgram('bash', ['-s', 'deploying'], { env: rig.env, cwd: rig.home, input: script });
  return { command: 'bash', pid: Number(stdout) };
}

test('filters find a session by profile, account, program and time', async () => {
  expect((await history('deploy')).map(({ profile }) => profile)).toEqual(['deploy']);
  expect((await history('--account', '111111111111')).map(({ profile }) => profile)).toEqual(['default']);
  expect((await history('--program', 'AWS')).map(({ profile }) => profile)).toEqual(['deploy']);
  expect(await history('--since', '1h')).toHaveLength(2);
  expect(await history('--limit', '1')).toHaveLength(1);
});

test('the panel shows the history as a timeline, and finds in it', async () => {
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'History' }).click();
  const sheet = panel.getByRole('dialog', { name: 'History' });
  await expect(sheet).toContainText('role deploy as alice');
  await expect(sheet).toContainText('aws sts');
  expect([...(await flawsOf(panel)), ...(await accessibilityFlaws(panel))]).toEqual([]);
  expect(await leaksInRenderer(panel, rig.aws.secrets())).toEqual([]);
  await sheet.getByRole('searchbox', { name: 'Find in history' }).fill('222222222222');
  await expect(sheet).toContainText('role deploy as alice');
  await expect(sheet).not.toContainText('user alice');
  // What was said before the sheet opened is not repeated in it, and takes no Escape.
  await expect(sheet.getByRole('status').filter({ hasText: 'copied' })).toHaveCount(0);
  await panel.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('the history has how each session ended: by the user, with its source', async () => {
  await runStsTray(rig, ['logout', 'default']);
  expect((await history()).map(({ profile, ended }) => [profile, ended?.how])).toEqual([
    ['deploy', 'ended'],
    ['default', 'ended'],
  ]);
});

test('the ledger’s file is for its owner alone, and has no secret in it', async () => {
  expect(((await stat(ledger())).mode & 0o777).toString(8)).toBe('600');
  expect(leaksInFolder(rig.dataFolder, rig.aws.secrets())).toEqual([]);
});

test('an app that was killed has lost nothing of the history, and of a line that was cut off the whole ones are read', async () => {
  await login(rig, 'default');
  await expect.poll(async () => (await readFile(ledger(), 'utf8')).trimEnd().split('\n').at(-1)).toContain('"issued"');
  const before = await history();
  process.kill(app.pid, 'SIGKILL');
  await app.close().catch(() => undefined);
  await appendFile(ledger(), '{"event":"issued","at":"2026-11-27T10:00:00Z","profile":"torn","kind":"ba');
  app = await rig.startApp();
  const after = await history();
  expect(after.map(({ accessKeyId }) => accessKeyId)).toEqual(before.map(({ accessKeyId }) => accessKeyId));
  await login(rig, 'default');
  expect(await history()).toHaveLength(before.length + 1);
  // The last line is cut off, as when a machine loses its power.
  await app.quit('Quit');
  const { size } = await stat(ledger());
  await truncate(ledger(), size - 20);
  app = await rig.startApp();
  expect((await history()).length).toBeGreaterThanOrEqual(before.length);
});
