import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import type { View } from '../../src-main/contract/ipc.ts';
import { runConfirmed } from '../../testing/app/answer-question.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { FakeBrowser } from '../../testing/app/fake-browser.ts';
import { closeByButton, type RunningApp } from '../../testing/app/running-app.ts';
import { SecretSearch } from '../../testing/app/secret-search.ts';
import { heldSessions, login } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import type { DesktopOptions } from '../../testing/desktop/desktop.ts';
import { leaksIn } from '../../testing/secrets/leaks.ts';
import { timePasses } from '../../testing/processes/deadline.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';

// Every way that credentials leave the app, and every way that fails, with secrets that are then looked for everywhere.

test.describe.configure({ mode: 'serial' });

const missing = [...['aws', 'curl', 'xterm'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

/** Typed by the user, refused by AWS, and to be found nowhere from then on. */
const mistypedSecret = ['Mistyped0Canary1Secret2', 'Access3Key4Value5'].join('');

let rig: AppRig;
let app: RunningApp;
let search: SecretSearch;

/** A desktop with its user, whose temporary files have a folder of their own; short-lived clipboards. */
function onDesktopWith(keyring: NonNullable<DesktopOptions['keyring']>): void {
  test.beforeAll(async () => {
    rig = await AppRig.start({ desktop: { keyring } });
    const { b, c } = rig.aws.accounts;
    const role = (name: string, arn: string) => `\n[profile ${name}]\nrole_arn = ${arn}\nsource_profile = default\nregion = us-east-1\n`;
    await rig.configureAws({ config: role('deploy', b.deployRoleArn) + role('elsewhere', c.deployRoleArn) });
    await mkdir(rig.dataFolder);
    await writeFile(join(rig.dataFolder, 'settings.json'), JSON.stringify({ clipboardSeconds: 5 }));
    await mkdir(temporaryFolder());
    browser = await FakeBrowser.install(join(rig.home, 'bin'));
    search = new SecretSearch(rig);
    await start();
  });
  test.afterAll(async () => {
    search.close();
    await rig.close();
  });
}

let browser: FakeBrowser;
const temporaryFolder = () => join(rig.home, 'tmp');
const env = () => ({ TMPDIR: temporaryFolder(), PATH: browser.path(rig.env['PATH']), SHELL: '/bin/bash' });

async function start(): Promise<void> {
  app = search.follow(await rig.startApp({ args: [], env: env() }));
}

/** All that there is to look for by now. */
function secrets(): readonly string[] {
  const all = [...rig.aws.secrets(), ...rig.aws.signinTokens(), mistypedSecret];
  expect(all.length).toBeGreaterThan(2);
  return all;
}

/** A session, whatever the tests before this one have left. */
async function ensureSession(): Promise<void> {
  const isHeld = (await heldSessions(rig)).some(({ profile }) => profile === 'default');
  if (!isHeld) await login(rig, 'default');
}

const run = (...args: string[]) => runStsTray(rig, args, { env: { TMPDIR: temporaryFolder() } });
const panel = async () => {
  await app.openPanel();
  return app.window('panel');
};
const card = async () => (await panel()).getByRole('article', { name: 'default', exact: true });
/** An entry of the card's menu. */
async function choose(item: string): Promise<void> {
  await (await card()).getByRole('button', { name: 'More actions' }).click();
  await (await panel()).getByRole('menuitem', { name: item }).click();
}
const log = () => readFile(join(rig.dataFolder, 'logs', 'main.log'), 'utf8');
const windowsGone = (view: View) => expect.poll(() => app.openViews()).not.toContain(view);

/** What a hand-off is done with: a program of a short life can be over before it is seen, so it starts several times. */
const often = 8;

test.describe('with a keychain', () => {
  onDesktopWith('unlocked');

  test('the search for secrets finds one wherever it is planted, and fails where there is nothing to look for', async () => {
    const planted = ['Planted0Canary1Secret2', 'Access3Key4Value50'].join('');
    const found = async () => (await search.leaks([planted])).map(({ where }) => where);
    await login(rig, 'default');
    const page = await panel();
    expect(await found()).toEqual([]);

    const files = [
      join(rig.dataFolder, 'logs', 'main.log'),
      `${rig.awsFiles.config}.sts-tray-backup`,
      join(temporaryFolder(), 'left'),
      join(rig.dataFolder, 'Crashpad.dmp'),
    ];
    for (const file of files) {
      await appendFile(file, `${Buffer.from(` ${planted} `).toString('base64')}\n`);
      expect(await found()).toContain(file);
      if (file === files[0]) await writeFile(file, (await readFile(file, 'utf8')).split('\n').slice(0, -2).join('\n'));
      else await rm(file);
    }
    await page.evaluate((text) => void Object.assign(window, { kept: { text } }), planted);
    expect(await found()).toEqual([`heap of ${page.url()}`]);
    await page.evaluate(() => void Object.assign(window, { kept: null }));

    await rig.desktop.clipboard.writeText(`export AWS_SECRET_ACCESS_KEY='${planted}'`);
    expect(await found()).toEqual(['the clipboard']);
    await rig.desktop.clipboard.writeText('');

    await page.evaluate((name) => window.stsTray.setAccount({ accountId: '111111111111', name }), planted);
    await expect.poll(found, { timeout: 60_000 }).toEqual(expect.arrayContaining([join(rig.dataFolder, 'settings.json'), `document of ${page.url()}`]));
    await page.evaluate(() => window.stsTray.setAccount({ accountId: '111111111111', name: null }));

    await expect(search.leaks([])).rejects.toThrow('There is no secret to look for');
    await expect(search.leaks([planted, ''])).rejects.toThrow('There is no secret to look for');
  });

  test('the search for secrets sees them in the arguments and the environment of a process that has ended', async () => {
    const watch = new SecretSearch(rig);
    try {
      const planted = ['Planted0Canary1In2A3', 'Process4Of5A6Moment7'].join('');
      await once(spawn('sh', ['-c', 'sleep 0.3', planted], { env: { ...rig.env, KEPT: planted.toLowerCase() } }), 'close');
      expect(watch.inArguments([planted]).map(({ where }) => where)).toContain('arguments of sh');
      expect(watch.holders([planted.toLowerCase()]).map(({ name }) => name)).toContain('sleep');
      expect(watch.holders([planted])).toEqual([]);
    } finally {
      watch.close();
    }
  });

  test('each hand-off of a session leaves its secrets with the program that asked for them, and nowhere else', async () => {
    await ensureSession();
    for (let count = 0; count < often; count += 1) {
      expect((await run('export', 'default', '--shell', 'zsh')).stdout).toContain('AWS_SESSION_TOKEN');
      expect((await run('credential-process', 'deploy')).stdout).toContain('SecretAccessKey');
      expect(await run('exec', 'default', '--', 'sh', '-c', ': renewable; sleep 0.1')).toMatchObject({ exitCode: 0 });
    }
    expect(search.holders(secrets())).toEqual([]);
    expect(await run('exec', 'default', '--static', '--', 'sh', '-c', ': static; sleep 0.1')).toMatchObject({ exitCode: 0 });
    expect(await run('exec', 'default', '--', 'aws', 'sts', 'get-caller-identity')).toMatchObject({ exitCode: 0 });

    expect(await run('install', 'default')).toMatchObject({ exitCode: 0 });
    expect(await run('uninstall', 'default')).toMatchObject({ exitCode: 0 });
    expect(await runConfirmed(rig, app, ['console', 'deploy'], 'Open console')).toMatchObject({ exitCode: 0 });
    await expect.poll(() => rig.aws.signIns.length).toBe(1);
    expect((await runConfirmed(rig, app, ['console', 'deploy', '--url'], 'Give out address')).stdout).toContain('SigninToken');
    await windowsGone('question');

    await (await card()).getByRole('button', { name: 'Open terminal' }).click();
    await rig.desktop.waitForWindow('default - 111111111111 - auto-renewing');
    await choose('Open terminal with fixed keys');
    await rig.desktop.waitForWindow(/^default - 111111111111 - until/);
    await expect.poll(() => search.holders(secrets()).some(({ parent }) => parent === 'xterm')).toBe(true);

    await (await card()).getByRole('button', { name: 'Copy exports' }).click();
    await expect.poll(() => rig.desktop.clipboard.readText()).toContain('AWS_SESSION_TOKEN');
    // The clipboard has its time, and no more.
    await expect.poll(() => rig.desktop.clipboard.readText()).not.toContain('AWS_');

    // What was started with the credentials themselves, and what that started: nothing else ever held any.
    const isMeant = (held: { readonly parent: string; readonly arguments: string }) =>
      held.arguments.includes(': static') || ['xterm', 'sh', 'bash'].includes(held.parent);
    const holders = search.holders(secrets());
    expect(holders.some((held) => held.arguments.includes(': static'))).toBe(true);
    expect(holders.filter((held) => !isMeant(held)).map(({ name, parent }) => `${name} of ${parent}`)).toEqual([]);
    expect(await search.leaks(secrets())).toEqual([]);
    for (const program of ['electron', 'curl', 'sh', 'xterm']) expect(search.programs()).toContain(program);
  });

  test('a prompt that fails keeps no secret: a wrong code, an STS that is down, a page of HTML that repeats what it was sent', async () => {
    await ensureSession();
    await app.tray.clickMenuItem(/^default · /, 'Renew…');
    const mfa = await app.window('mfa');
    const refusal = mfa.getByRole('alert').filter({ hasText: /\S/ });
    const submit = async (code: string, says: string) => {
      await mfa.getByRole('textbox', { name: 'MFA code' }).fill(code);
      await expect(refusal).toContainText(says);
      expect(await search.leaks(secrets())).toEqual([]);
    };
    await submit(rig.aws.alice.totpCode(0), 'AWS did not accept this code');
    rig.aws.faults.set('sts:*', { kind: 'unavailable' });
    await submit('123456', 'AWS STS failed with status 503.');
    rig.aws.faults.clear();
    rig.aws.faults.set('sts:*', { kind: 'portal' });
    await submit('234567', 'AWS');
    await closeByButton(mfa, 'Cancel');
    await windowsGone('mfa');
    // A role is asked for with the session, whose token is in the request that the page repeats.
    const { exitCode, stdout, stderr } = await run('login', 'elsewhere');
    rig.aws.faults.clear();
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('AWS');
    expect(leaksIn('what the command prints', stdout + stderr, secrets())).toEqual([]);
    expect(await search.leaks(secrets())).toEqual([]);
  });

  test('a session that AWS ended, and a role that the relay refuses, leave no secret', async () => {
    await ensureSession();
    const { c } = rig.aws.accounts;
    const assume = ['aws', 'sts', 'assume-role', '--role-arn', c.deployRoleArn, '--role-session-name', 'canary'];
    const refused = await run('exec', 'default', '--account', '222222222222', '--', ...assume);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain('333333333333');

    rig.aws.expireSessions();
    // The prompt that the test before cancelled stays away for three seconds.
    await timePasses(3000);
    const waits = run('credential-process', 'elsewhere');
    await closeByButton(await app.window('mfa'), 'Cancel');
    expect((await waits).exitCode).not.toBe(0);
    await windowsGone('mfa');
    expect(await search.leaks(secrets())).toEqual([]);
  });

  test('a secret that was mistyped is neither kept nor shown again', async () => {
    const page = await panel();
    const { accessKeyId } = rig.aws.alice;
    const request = { profile: 'mistyped', accessKeyId, secretAccessKey: mistypedSecret, region: null, to: 'files' } as const;
    await page.evaluate((key) => window.stsTray.addAccessKey(key), request);
    await expect(page.getByRole('alert').filter({ hasText: 'does not match its access key ID' })).toBeVisible();
    // What the test itself handed to the page goes with the page.
    await page.reload();
    await expect(page.getByRole('article', { name: 'default' })).toBeVisible();
    expect(await search.leaks(secrets())).toEqual([]);
    expect(await readFile(rig.awsFiles.credentials, 'utf8')).not.toContain(mistypedSecret);
    expect(await log()).toContain('access-key-secret-wrong');
  });

  test('a rotation that fails half way, and its end, leave both keys only where keys may be', async () => {
    await login(rig, 'default');
    rig.aws.alice.withhold('iam:UpdateAccessKey');
    const half = await runConfirmed(rig, app, ['rotate', 'default'], 'Replace key');
    expect(half.exitCode).toBe(1);
    expect(half.stderr).toContain('iam:UpdateAccessKey');
    expect(await search.leaks(secrets())).toEqual([]);
    rig.aws.alice.withhold();
    expect(await runConfirmed(rig, app, ['rotate', 'default'], 'Replace key')).toMatchObject({ exitCode: 0 });
    expect(await runConfirmed(rig, app, ['rotate', 'default', '--delete-old'], 'Delete key')).toMatchObject({ exitCode: 0 });
    expect(await search.leaks(secrets())).toEqual([]);
  });

  test('a window whose process crashes is closed, opens again, and leaves no secret', async () => {
    await login(rig, 'default');
    await panel();
    await expect.poll(() => app.renderers().length).toBeGreaterThan(0);
    for (const pid of app.renderers()) process.kill(pid, 'SIGSEGV');
    await expect.poll(() => app.openViews()).toEqual([]);
    await expect((await panel()).getByRole('article', { name: 'default' }).getByRole('timer')).toBeVisible();
    expect(await search.leaks(secrets())).toEqual([]);
  });

  test('an app that is killed leaves no secret, with a terminal and copied exports open, before its next start and after it', async () => {
    await ensureSession();
    await (await card()).getByRole('button', { name: 'Copy exports' }).click();
    await expect.poll(() => rig.desktop.clipboard.readText()).toContain('AWS_SESSION_TOKEN');
    await (await card()).getByRole('button', { name: 'Open terminal' }).click();
    const { pid } = app;
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => app.isRunning).toBe(false);
    expect(search.inFiles(secrets())).toEqual([]);
    expect(search.inArguments(secrets())).toEqual([]);
    expect(await rig.desktop.clipboard.readText()).toBe('');
    await start();
    expect((await run('status', '--json')).stdout).toContain('"profile": "default"');
    expect(await search.leaks(secrets())).toEqual([]);
  });

  test('a key that moves into the keychain, and sessions from it, leave no secret anywhere', async () => {
    await ensureSession();
    const page = await panel();
    await choose('Move access key to keychain');
    await expect(page.getByRole('status')).toContainText('Access key moved to the keychain');
    const credentials = await readFile(rig.awsFiles.credentials, 'utf8');
    for (const secret of secrets()) expect(credentials.includes(secret)).toBe(false);
    await login(rig, 'default');
    expect(await search.leaks(secrets())).toEqual([]);
  });
});

test.describe('with a keychain that is locked', () => {
  onDesktopWith('locked');

  test('a keychain that refuses the access key leaves it where it was, and no secret elsewhere', async () => {
    const written = await readFile(rig.awsFiles.credentials, 'utf8');
    await login(rig, 'default');
    const page = await panel();
    // The menu does not offer it there; a keychain can be locked between the look at the menu and the click.
    await page.evaluate(() => window.stsTray.moveAccessKey({ profile: 'default', to: 'keychain' }));
    await expect(page.getByRole('alert')).toContainText('keychain', { timeout: 60_000 });
    expect(await readFile(rig.awsFiles.credentials, 'utf8')).toBe(written);
    expect(await search.leaks(secrets())).toEqual([]);
  });
});
