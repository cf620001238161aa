import { mkdir, readFile, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { accessibilityFlaws } from '../../testing/appearance/accessibility.ts';
import { flawsOf } from '../../testing/appearance/flaws.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { CodePrograms } from '../../testing/app/code-programs.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { ask, endSessions } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';

// Codes that a program gives in the user's place. `ykman`, `op`, `bw` and `pass` are stand-ins here, with the real
// TOTP of the device in them: what the real ones ask of a key, an account or a server cannot be had in a test.

test.describe.configure({ mode: 'serial' });

test.skip(...skipsWithoutDesktop());

let rig: AppRig;
let app: RunningApp;
let programs: CodePrograms;

test.beforeAll(async () => {
  rig = await AppRig.start();
  await rig.configureAws({ config: `[default]\nregion = us-east-1\nmfa_serial = ${rig.aws.alice.mfaSerial}\n` });
  programs = new CodePrograms(join(rig.home, 'programs'));
  await programs.add(['ykman', 'op', 'bw', 'pass'], new URL(rig.aws.alice.totpUri).searchParams.get('secret') ?? '');
  app = await rig.startApp({
    args: [],
    // Of no shell, whose PATH would put the machine's own programs first.
    env: {
      SHELL: '/nonexistent',
      PATH: `${programs.folder}${delimiter}${rig.env['PATH'] ?? ''}`,
      NODE_OPTIONS: '--no-warnings',
      AWS_SESSION_TOKEN: 'invented',
    },
  });
});
test.afterAll(() => rig.close());

type Start = { readonly pid: number; readonly args: readonly string[]; readonly env: readonly string[] };

async function starts(): Promise<readonly Start[]> {
  const text = await readFile(join(programs.folder, 'starts'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Start);
}

/** Chooses the source in the settings, as a user does. */
async function choose(program: string, command: string): Promise<Page> {
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'Settings' }).click();
  const settings = await app.window('settings');
  await settings.getByRole('combobox', { name: /^Codes of / }).selectOption({ label: program });
  const field = settings.getByRole('textbox', { name: /^Command for / });
  await field.fill(command);
  await field.press('Enter');
  return settings;
}

async function begin(): Promise<void> {
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'Start session: default' }).click();
}

async function start(): Promise<Page> {
  await begin();
  return app.window('mfa');
}

const source = (mfa: Page) => mfa.getByRole('region', { name: 'Source of the code' });

const sessionLives = async (): Promise<void> => {
  const panel = await app.window('panel');
  await expect(panel.getByRole('timer')).toBeVisible({ timeout: 60_000 });
};

/** Cancels the prompt, and waits until the app takes its like again. */
async function cancel(mfa: Page): Promise<void> {
  const closed = mfa.waitForEvent('close');
  await mfa.getByRole('button', { name: 'Cancel' }).click();
  await closed;
}

const isGone = (pid: number) =>
  expect
    .poll(() =>
      stat(`/proc/${pid}`).then(
        () => 'there',
        () => 'gone',
      ),
    )
    .toBe('gone');

test('the command of a preset counts only once the user has put a name into it', async () => {
  const settings = await choose('pass (pass-otp)', 'pass  otp NAME');
  await expect(settings.getByText('Replace the words in capitals with your own values.')).toBeVisible();
  expect(await readFile(join(rig.dataFolder, 'settings.json'), 'utf8').catch(() => '')).not.toContain('pass otp');
});

test('a source that is chosen in the settings fills the prompt, which sends by itself', async () => {
  const settings = await choose('YubiKey (ykman)', "ykman oath accounts code -s 'AWS alice'");
  expect([await flawsOf(settings), await accessibilityFlaws(settings)]).toEqual([[], []]);
  await begin();
  await sessionLives();
  const [first, ...more] = await starts();
  expect([first?.args, more]).toEqual([['oath', 'accounts', 'code', '-s', 'AWS alice'], []]);
  expect(first?.env.filter((name) => /^(AWS_SESSION_TOKEN|NODE_|ELECTRON_|STS_TRAY_)/.test(name))).toEqual([]);
  const { stdout } = await runStsTray(rig, ['history']);
  expect(stdout).toContain('code from ykman');
  await endSessions(rig);
});

test('a key that waits for a touch is said so, and goes on after it', async () => {
  await programs.behave('touch');
  const mfa = await start();
  await expect(source(mfa)).toContainText('Touch your key.');
  expect([await flawsOf(mfa), await accessibilityFlaws(mfa)]).toEqual([[], []]);
  await programs.touch();
  await sessionLives();
  await endSessions(rig);
});

test('a digit that is typed ends the source, and Cancel does too', async () => {
  await programs.behave('hang');
  const mfa = await start();
  await expect(source(mfa)).toContainText('Touch your key.');
  await mfa.getByRole('textbox', { name: 'MFA code' }).press('1');
  await expect(source(mfa)).toContainText('Type the code.');
  const [first] = await starts();
  await isGone(first?.pid ?? 0);
  await source(mfa).getByRole('button', { name: 'Ask it again' }).click();
  await expect.poll(async () => (await starts()).length).toBe(2);
  await cancel(mfa);
  await isGone((await starts())[1]?.pid ?? 0);
});

test('a code that was used is followed by the next one, which is waited for in sight of the user', async () => {
  const code = await rig.aws.nextTotpCode();
  await ask(rig, 'login', { profile: 'default', code });
  await endSessions(rig);
  await programs.behave('stuck');
  await programs.stickTo(code);
  const mfa = await start();
  await expect(source(mfa)).toContainText(/This code has already been used\. Asking again in \d+ s\./);
  await programs.behave('ok');
  await sessionLives();
  await endSessions(rig);
});

for (const { mode, program, command, says } of [
  { mode: 'garbage', program: '1Password (op)', command: 'op item get AWS --otp', says: 'op printed something that isn’t an MFA code.' },
  { mode: 'flood', program: '1Password (op)', command: 'op item get AWS --otp', says: 'op printed more than 64 bytes, and was ended.' },
  { mode: 'locked', program: 'Bitwarden (bw)', command: 'bw --nointeraction get totp AWS', says: 'bw is locked, or knows no user: Vault is locked.' },
  { mode: 'terminal', program: 'pass (pass-otp)', command: 'pass otp aws', says: 'pass needs to ask something in a terminal, and has none here' },
] as const) {
  test(`a source that is at fault is said so in the prompt, where the user can type: ${mode}`, async () => {
    await programs.behave(mode);
    await choose(program, command);
    const mfa = await start();
    await expect(source(mfa)).toContainText(says);
    expect([await flawsOf(mfa), await accessibilityFlaws(mfa)]).toEqual([[], []]);
    for (const { pid } of await starts()) await isGone(pid);
    // A code takes half a minute to come, so one of them is enough.
    if (mode !== 'garbage') return cancel(mfa);
    await rig.submitCode(mfa);
    await sessionLives();
    await endSessions(rig);
  });
}

test('a source that leaves a process behind is not waited for any longer', async () => {
  await programs.behave('daemon');
  await begin();
  await sessionLives();
  process.kill(Number(await readFile(join(programs.folder, 'left'), 'utf8')), 'SIGKILL');
  await endSessions(rig);
});

test('login takes the code of the source that it names, without a prompt', async () => {
  await programs.behave('ok');
  const opened = app.timesOpened('mfa');
  const { stdout, exitCode } = await runStsTray(rig, ['login', 'default', '--code-from', 'pass']);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('default')]);
  expect(app.timesOpened('mfa')).toBe(opened);
  expect(await runStsTray(rig, ['login', 'default', '--code-from', 'ykman'])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('come from pass, not from ykman'),
  });
  await endSessions(rig);
});

test('the log and the folder of the app have no code and no words of a source', async () => {
  await mkdir(join(rig.home, 'empty'), { recursive: true });
  const log = await readFile(join(rig.dataFolder, 'logs', 'main.log'), 'utf8').catch(async () => (await runStsTray(rig, ['report'])).stdout);
  expect(log).not.toBe('');
  expect(log).not.toMatch(/Vault is locked|AWS alice|Touch your YubiKey/);
});
