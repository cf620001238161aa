import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { _electron } from 'playwright';
import { expect, test } from 'playwright/test';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import type { Tray } from '../../testing/desktop/tray/tray.ts';
import { listeningPorts, OrdinaryUser, PackagedApp, readPackaged, UnpackedArchive, type StartOptions } from '../../testing/app/packaged-app.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { checkout, electronExecutable, sandboxArguments } from '../../testing/app/running-app.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// What `npm run package` made last, seen from outside: a release has no inspector that Playwright could use.
// `npm test -- --with-package` runs these tests, plain `npm test` does not.

const packaged = readPackaged();

test.describe('The package', { tag: '@package' }, () => {
  test.skip(packaged === null, 'nothing is packaged: run `npm run package`');
  const { runtime, unpacked, artifacts } = packaged ?? { runtime: 'official', unpacked: '', artifacts: [] };

  test('the package has every fuse set for release', async () => {
    const { version: _version, ...wire } = await getCurrentFuseWire(fuseCarrier(unpacked));
    const fuses = Object.entries(wire).map(([index, state]) => [FuseV1Options[Number(index)], isEnabled(state)]);
    expect(Object.fromEntries(fuses)).toMatchObject({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  test('the package holds the built app, its icons and nothing else', () => {
    const files = filesIn(asarOf(unpacked));
    expect(files).toContain('package.json');
    expect(files).toContain('dist/main/main.cjs');
    expect(files).toContain('dist/preload/preload.cjs');
    expect(files).toContain('dist/renderer/index.html');
    expect(files).toContain('assets/icon.png');
    const surplus = files.filter(
      (file) => !/^(?:package\.json|assets\/icon\.png|assets\/tray\/[^/]+\.(?:png|ico)|dist\/(?:main|preload|renderer)\/.+)$/.test(file),
    );
    expect(surplus).toEqual([]);
  });

  test('the package holds no source map, no source and no test', () => {
    expect(filesIn(asarOf(unpacked)).filter((file) => /\.(?:map|tsx?|mts|cts)$|\.test\.|\.spec\./.test(file))).toEqual([]);
  });

  test('the package names neither scripts nor development dependencies', () => {
    const manifest: unknown = JSON.parse(extractFile(asarOf(unpacked), 'package.json').toString());
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest).toMatchObject({ name: 'sts-tray', main: 'dist/main/main.cjs' });
  });

  test('the package has no app beside app.asar that Electron could load instead', () => {
    expect(existsSync(join(resourcesOf(unpacked), 'app'))).toBe(false);
    expect(existsSync(join(resourcesOf(unpacked), 'default_app.asar'))).toBe(false);
  });

  test('the package names no folder of the machine that it was built on', async () => {
    const asar = await readFile(asarOf(unpacked));
    expect(asar.includes(checkout)).toBe(false);
  });

  test('the package says by its name whether it was made with the fallback runtime', () => {
    for (const path of [unpacked, ...artifacts]) {
      expect(path.includes('unofficial-runtime')).toBe(runtime === 'fallback');
    }
  });
});

const archive = packaged?.artifacts.find((path) => path.endsWith('.tar.gz'));

test.describe('The packaged app', { tag: '@package' }, () => {
  test.describe.configure({ mode: 'serial' });
  test.skip(archive === undefined, 'there is no tar.gz: run `npm run package` on Linux');
  test.skip(
    missingPrograms().length > 0,
    `not installed: ${missingPrograms()
      .map(({ program }) => program)
      .join(', ')}`,
  );

  const pictures = join(checkout, 'test-results', 'package');
  const started: PackagedApp[] = [];
  let rig: AppRig;
  let unpackedArchive: UnpackedArchive;
  let app: PackagedApp;
  let tray: Tray;

  test.beforeAll(async () => {
    await mkdir(pictures, { recursive: true });
    [rig, unpackedArchive] = await Promise.all([AppRig.start(), UnpackedArchive.unpack(archive ?? '')]);
  });
  test.afterAll(async () => {
    await Promise.all(started.map((each) => each.close()));
    await rig.close();
    await unpackedArchive.close();
  });

  async function start(options: StartOptions): Promise<PackagedApp> {
    const one = await PackagedApp.start(unpackedArchive.executable, options);
    started.push(one);
    return one;
  }
  /** Starts it as the user of the tests; all such starts share one data folder. */
  const startHere = ({ args = [], env = {} }: Partial<StartOptions> = {}) =>
    start({ args: [...sandboxArguments(), `--user-data-dir=${rig.dataFolder}`, ...args], env: { ...rig.env, ...env } });

  test('the packaged app comes with its licence and those of Electron, Chromium and what is bundled', () => {
    const folder = dirname(unpackedArchive.executable);
    for (const licence of ['LICENSE', 'LICENSE.electron.txt', 'LICENSES.chromium.html']) expect(existsSync(join(folder, licence)), licence).toBe(true);
    expect(filesIn(asarOf(folder))).toEqual(
      expect.arrayContaining(['dist/main/licenses.md', 'dist/renderer/licenses.md', 'dist/renderer/assets/inter-licence.txt']),
    );
  });

  test('the packaged app starts from its archive into the tray, without a window', async () => {
    expect(unpackedArchive.names).toHaveLength(1);
    app = await startHere({ args: ['--hidden', '--inspect=127.0.0.1:0'] });
    tray = await rig.desktop.tray(app.pid);

    await tray.waitForMenu();
    expect(await tray.tooltip()).toBe('STS Tray: no session');
    expect(await labels()).toEqual(['default · no session', 'Start session…', '', 'Open STS Tray', 'History…', 'Settings…', '', 'Quit']);
    expect(await rig.desktop.windows()).toEqual([]);
  });

  test('the packaged app shows its panel when it is started a second time, and that start ends by itself', async () => {
    const second = await startHere();
    expect(await second.exitCode()).toBe(0);
    const panel = await rig.desktop.waitForWindow('STS Tray');
    expect(panel.pid).toBe(app.pid);
  });

  test('the packaged app does a whole session from the tray', async () => {
    await tray.clickMenuItem('Start session…');
    const prompt = await rig.desktop.waitForWindow('MFA code · STS Tray');
    await rig.desktop.focus(prompt);
    const code = await rig.aws.nextTotpCode();
    // Nothing outside shows when the page takes keys, so a code that was typed too early is typed again.
    await expect(async () => {
      await rig.desktop.pressKey('ctrl+a');
      await rig.desktop.typeText(code);
      await tray.waitFor('a session', async () => (await tray.tooltip()).includes('111111111111'), 2_000);
    }).toPass({ timeout: 15_000 });

    expect(await tray.tooltip()).toBe('default · 111111111111 · 8 h left');
    await expect.poll(async () => (await rig.desktop.windows()).map(({ title }) => title)).toEqual(['STS Tray']);
    await rig.desktop.screenshotWindow(await rig.desktop.waitForWindow('STS Tray'), join(pictures, 'panel.png'));
    await rig.desktop.screenshotTray(join(pictures, 'tray.png'));
    await rig.desktop.screenshot(join(pictures, 'desktop.png'));
  });

  test('the packaged app reads a Terraform project with its command line, and asks the app where it leads', async () => {
    const folder = join(rig.home, 'network');
    await mkdir(folder);
    const { accountId, deployRoleArn } = rig.aws.accounts.b;
    await writeFile(
      join(folder, 'main.tf'),
      `provider "aws" {\n  region = "us-east-1"\n  allowed_account_ids = ["${accountId}"]\n  assume_role {\n    role_arn = "${deployRoleArn}"\n  }\n}\n`,
    );
    const launcher = join(dirname(unpackedArchive.executable), 'resources', 'bin', 'sts-tray');
    const ran = await runProgram(launcher, [`--user-data-dir=${rig.dataFolder}`, 'check', 'default', folder, '--account', accountId], { env: rig.env });
    expect(ran.stdout).toContain('✓ aws: match\n    account  2222-2222-2222\n');
    expect(ran.exitCode).toBe(0);
  });

  test('the packaged app reads a Terraform project for the panel too, out of its own archive', async () => {
    // The package lets no test into its windows, so the same archive runs on the checkout's Electron.
    const asar = asarOf(dirname(unpackedArchive.executable));
    const electron = await _electron.launch({
      executablePath: electronExecutable(),
      args: [...sandboxArguments(), asar, `--user-data-dir=${join(rig.home, 'other data')}`],
      env: rig.env,
    });
    try {
      const panel = await electron.firstWindow();
      await panel.waitForLoadState();
      const folder = join(rig.home, 'broken');
      await mkdir(folder);
      await writeFile(join(folder, 'main.tf'), 'provider "aws" {\n  region =\n}\n');
      await panel.evaluate((path) => window.stsTray.checkProject({ folder: path, profile: 'default' }), folder);
      await expect(panel.getByRole('article', { name: 'broken' }).getByRole('alert')).toContainText('main.tf, line 2, cannot be read as Terraform');
    } finally {
      await electron.close();
    }
  });

  test('the packaged app listens on no port, for an inspector or anything else', () => {
    expect(listeningPorts(process.pid)).toContain(Number(new URL(rig.aws.endpoint).port));
    expect(app.processes().flatMap(({ pid }) => listeningPorts(pid))).toEqual([]);
    expect(app.stderr).not.toContain('Debugger listening');
  });

  test('the packaged app runs no code that its environment or its arguments name', async () => {
    const marker = join(rig.home, 'code-ran');
    const script = join(rig.home, 'leave-marker.cjs');
    await writeFile(script, `require('node:fs').appendFileSync(${JSON.stringify(marker)}, 'option ')`);
    const env = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require=${script}` };

    // Without the fuses, the same start does all of it.
    const args = ['--inspect=127.0.0.1:0', '-e', `require('node:fs').appendFileSync(${JSON.stringify(marker)}, 'argument')`];
    const unfused = await runProgram(electronExecutable(), args, { env: { ...rig.env, ...env } });
    expect(unfused.stderr).toContain('Debugger listening');
    expect(await readFile(marker, 'utf8')).toBe('option argument');

    await rm(marker);
    const second = await startHere({ env, args });
    // The app takes the code for the name of a command, which it does not have.
    expect(await second.exitCode()).toBe(2);
    expect(second.stderr).not.toContain('Debugger listening');
    expect(existsSync(marker)).toBe(false);
  });

  test('the packaged app does not start with a switch that opens its windows to other programs', async () => {
    const debugged = await startHere({ args: ['--remote-debugging-port=0'] });
    expect(await debugged.exitCode()).toBe(1);
    expect(debugged.stderr).toContain('--remote-debugging-port would open this app to other programs, so it does not start. Leave it out.');
  });

  test('the packaged app quits from its menu, and takes its tray and its processes along', async () => {
    // With a session in memory the app would ask, in a window that is out of this test's reach.
    await tray.clickMenuItem('End session');
    await tray.waitFor('no session', async () => (await tray.tooltip()) === 'STS Tray: no session');
    // The app may be gone from the bus before it has answered the click.
    const clicked = tray.clickMenuItem('Quit').catch(() => undefined);
    const [exitCode] = await Promise.all([app.exitCode(), tray.waitUntilGone(), clicked]);
    expect(exitCode).toBe(0);
    await expect.poll(() => app.processes()).toEqual([]);
  });

  test("the packaged app works for an ordinary user with Chromium's sandbox on", async () => {
    const user = await OrdinaryUser.of(rig.desktop, unpackedArchive.folder);
    const sandboxed = await start(user.startOptions);
    const panel = await rig.desktop.waitForWindow('STS Tray');
    expect(panel.pid).toBe(sandboxed.pid);
    const itsTray = await rig.desktop.tray(user.processOnBus(sandboxed));
    await itsTray.waitForMenu();
    expect(await itsTray.tooltip()).toBe('STS Tray: no session');
    await rig.desktop.screenshotWindow(panel, join(pictures, 'panel-sandboxed.png'));

    const processes = sandboxed.processes();
    expect(processes.filter(({ argv }) => argv.includes('--no-sandbox'))).toEqual([]);
    expect(processes.filter((each) => each.user !== user.id)).toEqual([]);
    const renderers = processes.filter(({ argv }) => argv.includes('--type=renderer'));
    expect(renderers.length).toBeGreaterThan(0);
    expect(renderers.map(({ seccomp }) => seccomp)).toEqual(renderers.map(() => 2));
    await sandboxed.close();
    user.close();
  });

  const labels = async () => (await tray.menu()).map(({ label }) => label);
});

const macBundle = (unpacked: string) => join(unpacked, 'STS Tray.app');

/** The file or bundle that `getCurrentFuseWire` reads. */
function fuseCarrier(unpacked: string): string {
  if (process.platform === 'darwin') return macBundle(unpacked);
  return join(unpacked, process.platform === 'win32' ? 'STS Tray.exe' : 'sts-tray');
}

const resourcesOf = (unpacked: string) => (process.platform === 'darwin' ? join(macBundle(unpacked), 'Contents', 'Resources') : join(unpacked, 'resources'));

const asarOf = (unpacked: string) => join(resourcesOf(unpacked), 'app.asar');

/** Paths of all files, without the folders, with `/` and without a leading one. */
function filesIn(asar: string): readonly string[] {
  const entries = listPackage(asar, { isPack: false }).map((entry) => entry.replaceAll('\\', '/').slice(1));
  const folders = new Set(entries.map((entry) => entry.slice(0, entry.lastIndexOf('/'))));
  return entries.filter((entry) => !folders.has(entry));
}

/** A fuse is stored as the ASCII code of its state. */
const isEnabled = (state: unknown) => state === '1'.charCodeAt(0);
