import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'playwright/test';
import { z } from 'zod';
import { startAgain } from '../../testing/app/running-app.ts';
import { endSessions, heldSessions, login } from '../../testing/app/sessions.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { argumentsOf, descendantsOf, readOrEmpty } from '../../testing/processes/process-list.ts';
import { Machine, type DesktopFacts } from './machine.ts';

const panelTitle = 'STS Tray';
const credentials = z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() });

/** The everyday use of the app on one desktop, from its start to its end; each test goes on where the last one left off. */
export function everydayOn(facts: DesktopFacts): void {
  test.describe.configure({ mode: 'serial' });
  const missing = facts.programs.filter((program) => findProgram(program) === null);
  test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);
  const machine = new Machine(facts);
  test.beforeAll(() => machine.start());
  test.afterAll(() => machine.close());
  theStart(machine);
  aProgramThatWaits(machine);
  handOffs(machine);
  theEnd(machine);
}

function theStart(machine: Machine): void {
  const { name, tray } = machine.facts;

  test(`on ${name} the panel opens at the start, with Chromium’s sandbox on`, async () => {
    const { app, desktop } = machine;
    const panel = await app.window('panel');
    await expect.poll(() => app.isOnScreen('panel')).toBe(true);
    await expect(panel.getByRole('article', { name: 'default' })).toBeVisible();
    await expect.poll(() => desktop.focusedTitle()).toBe(panelTitle);
    // Under Wayland a window is there before it is painted.
    await expect.poll(() => panel.evaluate(() => performance.getEntriesByName('first-contentful-paint').length)).toBe(1);
    await machine.picture('panel');
    expect(process.getuid?.()).not.toBe(0);
    expect(argumentsOf(app.pid)).not.toContain('--no-sandbox');
    const renderers = app.renderers();
    expect(renderers.length).toBeGreaterThan(0);
    // What filters the system calls of a process is on: part of the sandbox.
    for (const pid of renderers) expect(readOrEmpty(`/proc/${pid}/status`)).toMatch(/^Seccomp:\s*2$/m);
  });

  if (tray) {
    test(`on ${name} the icon is in the panel of the desktop, with its menu`, async () => {
      const labels = (await machine.app.tray.menu()).map(({ label }) => label);
      expect(labels).toEqual(expect.arrayContaining(['Start session…', 'Settings…', 'Quit']));
      await machine.desktop.openIconMenu?.();
      await machine.picture('menu');
      await machine.desktop.pressKey('Escape');
    });
  } else {
    test(`on ${name}, which shows no icons, the panel says so and how to go on`, async () => {
      const note = (await machine.app.window('panel')).getByRole('region', { name: 'No tray icon' });
      await expect(note).toContainText('This desktop shows no tray icons');
      await machine.picture('no-icon');
    });
  }
}

function aProgramThatWaits(machine: Machine): void {
  const { name } = machine.facts;

  test(`on ${name} a program waits, the prompt for it has the keyboard, and it goes on after the digits`, async () => {
    const { ended, prints } = await machine.waitingProgram();
    const early = ended.then((ran) => {
      throw new Error(`The program ended before there was a prompt: ${JSON.stringify(ran)}`);
    });
    const mfa = await Promise.race([machine.prompt(), early]);
    await machine.picture('prompt');
    await machine.answer(mfa);
    const { stdout, stderr, exitCode } = await ended;
    expect(stderr).toBe('');
    expect(stdout).toContain(prints);
    expect(exitCode).toBe(0);
    await machine.picture('session');
  });
}

function handOffs(machine: Machine): void {
  const { name } = machine.facts;

  test(`on ${name} copied exports are in the clipboard alone, and leave it by themselves`, async () => {
    const { desktop } = machine;
    await machine.choose('Copy exports', 'copyExports');
    await expect.poll(() => desktop.selection('clipboard')).toContain('AWS_SESSION_TOKEN');
    await expect.poll(() => desktop.selection('primary')).toBe('');
    await expect.poll(() => desktop.selection('clipboard'), { timeout: 15_000 }).toBe('');
    expect(await desktop.selection('primary')).toBe('');
  });

  test(`on ${name} the terminal of the desktop opens with credentials that work`, async () => {
    const { desktop, rig } = machine;
    const answer = join(rig.home, 'answer.txt');
    const answered = () => readFile(answer, 'utf8').catch(() => '');
    await machine.choose('Open terminal', 'openTerminal');
    await expect.poll(() => desktop.focusedTitle(), { timeout: 30_000 }).toContain('default');
    // What programs in the terminal are given: the command that their configuration names.
    await desktop.typeText(`sh -c "$(sed -n 's/^credential_process = //p' "$AWS_CONFIG_FILE" | head -n 1)" > ${answer}; echo >> ${answer}`);
    await desktop.pressKey('Return');
    await expect.poll(answered, { timeout: 20_000 }).toMatch(/\n$/);
    await machine.picture('terminal');
    expect(await accountOf(await answered(), machine)).toBe(rig.aws.accounts.a.accountId);
    await desktop.typeText('exit');
    await desktop.pressKey('Return');
  });
}

function theEnd(machine: Machine): void {
  const { name, tray, keychain, notifications } = machine.facts;

  test(`on ${name} a second start raises the panel`, async () => {
    const { app, desktop, rig } = machine;
    await app.closeWindows(['panel']);
    await startAgain(desktop, rig.dataFolder);
    await app.window('panel');
    await expect.poll(() => app.isOnScreen('panel')).toBe(true);
    await expect.poll(() => desktop.focusedTitle()).toBe(panelTitle);
  });

  if (notifications) {
    test(`on ${name} a click on the warning of a session’s end asks for a code, and renews it`, async () => {
      const { desktop, rig } = machine;
      await endSessions(rig);
      rig.aws.sessionLifetimeOverrideSeconds = 123;
      await login(rig, 'default');
      rig.aws.sessionLifetimeOverrideSeconds = null;
      await desktop.clickNotification?.('default: session ends in 2 min', () => machine.picture('notification'));
      await machine.answer(await machine.prompt());
    });
  }

  test(`on ${name} the session ${keychain ? 'is there again' : 'is not kept'} after a restart, and an app that was quit leaves nothing`, async () => {
    const { app, rig } = machine;
    const before = await heldSessions(rig);
    expect(before).toHaveLength(1);
    const processes = [app.pid, ...descendantsOf(app.pid)];
    await (tray ? app.quit('Quit') : app.close());
    expect(app.isRunning).toBe(false);
    await expect.poll(() => processes.filter((pid) => argumentsOf(pid) !== '')).toEqual([]);
    expect(existsSync(join(rig.dataFolder, 'run', 'api.sock'))).toBe(false);

    await machine.startApp(['--hidden']);
    const kept = keychain ? before.map(({ profile, expiration }) => ({ profile, expiration })) : [];
    await expect.poll(async () => (await heldSessions(rig)).map(({ profile, expiration }) => ({ profile, expiration }))).toEqual(kept);
  });
}

/** The account that AWS finds behind what the command of a profile has printed. */
async function accountOf(printed: string, { rig }: Machine): Promise<string | undefined> {
  const { AccessKeyId, SecretAccessKey, SessionToken } = credentials.parse(JSON.parse(printed));
  const sts = new STSClient({
    endpoint: rig.aws.endpoint,
    region: rig.aws.region,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  });
  const { Account } = await sts.send(new GetCallerIdentityCommand({})).finally(() => sts.destroy());
  return Account;
}
