import { existsSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'playwright/test';
import { AppRig } from '../../testing/app/app-rig.ts';
import { OrdinaryUser, PackagedApp, readPackaged } from '../../testing/app/packaged-app.ts';
import { sandboxArguments } from '../../testing/app/running-app.ts';
import { DebianRoot, repackaged } from '../../testing/packages/debian-root.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import { runProgram } from '../../testing/processes/run-program.ts';

// The whole life of the Debian package that `npm run package` made last, in a throw-away system: installed, used, upgraded,
// removed. scripts/package/deb.test.mjs looks at what is in such a package.

const deb = readPackaged()?.artifacts.find((path) => path.endsWith('.deb'));

test.describe('The Debian package', { tag: '@package' }, () => {
  test.describe.configure({ mode: 'serial' });
  test.skip(deb === undefined, 'there is no Debian package: run `npm run package` on Debian or Ubuntu');
  test.skip(...skipsWithoutDesktop());

  let rig: AppRig;
  let system: DebianRoot;
  let older: string;
  let app: PackagedApp;

  test.beforeAll(async () => {
    const old = repackaged(deb ?? '', '0.0.1', (tree) => writeFile(join(tree, 'usr/lib/sts-tray/of-old'), ''));
    [rig, system, older] = await Promise.all([AppRig.start({ desktop: { keyring: 'unlocked' } }), DebianRoot.create(), old]);
  });
  test.afterAll(async () => {
    await app.close();
    await Promise.all([rig.close(), system.close(), rm(dirname(older), { recursive: true })]);
  });

  /** The environment of somebody on this system, whose shell finds the command. */
  const env = () => ({ ...rig.env, PATH: `${system.path('usr/bin')}:${rig.env['PATH'] ?? ''}` });
  /** Types a command of the app's. */
  const typed = (args: readonly string[], input = '') => runProgram('sts-tray', [`--user-data-dir=${rig.dataFolder}`, ...args], { env: env(), input });
  const start = () =>
    PackagedApp.start(system.path('usr/bin/sts-tray'), { args: [...sandboxArguments(), `--user-data-dir=${rig.dataFolder}`, '--hidden'], env: env() });
  const quit = async () => {
    const tray = await rig.desktop.tray(app.pid);
    // The app may be gone from the bus before it has answered the click.
    await Promise.all([app.exitCode(), tray.clickMenuItem('Quit').catch(() => undefined)]);
  };

  test('the installed app starts by its name, and does a session, a hand-off and a command at the command line', async () => {
    await system.install(older);
    app = await start();
    await (await rig.desktop.tray(app.pid)).waitForMenu();

    const login = await typed(['login', 'default', '--code-stdin'], await rig.aws.nextTotpCode());
    expect(login).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('session in account 111111111111') });
    const handedOver = await typed(['credential-process', 'default']);
    expect(handedOver.exitCode).toBe(0);
    expect(JSON.parse(handedOver.stdout)).toMatchObject({ Version: 1, AccountId: '111111111111' });
    expect(await typed(['exec', 'default', '--', 'sh', '-c', 'exit 7'])).toMatchObject({ exitCode: 7 });
    expect(await typed(['account', '111111111111', '--name', 'networks'])).toMatchObject({ exitCode: 0 });
  });

  test('the installed app reads a Terraform project, and refuses one that leads elsewhere', async () => {
    const { deployRoleArn } = rig.aws.accounts.b;
    await writeFile(
      join(rig.home, 'main.tf'),
      `provider "aws" {\n  region = "us-east-1"\n  allowed_account_ids = ["111111111111"]\n  assume_role {\n    role_arn = "${deployRoleArn}"\n  }\n}\n`,
    );
    const checked = await typed(['check', 'default', rig.home]);
    expect(checked.exitCode).toBe(3);
    expect(checked.stdout).toContain('2222-2222-2222');
  });

  test('a newer version takes the place of the older one, and the app goes on with all that was kept', async () => {
    await quit();
    await system.install(deb ?? '');
    expect(existsSync(system.path('usr/lib/sts-tray/of-old'))).toBe(false);

    app = await start();
    const tray = await rig.desktop.tray(app.pid);
    await tray.waitFor('the session from before', async () => (await tray.tooltip()).includes('111111111111'));
    const accounts = JSON.parse((await typed(['account', '--json'])).stdout) as readonly { readonly accountId: string; readonly name: string | null }[];
    expect(accounts.find(({ accountId }) => accountId === '111111111111')?.name).toBe('networks');
    await quit();
  });

  test("the installed app works for an ordinary user with Chromium's sandbox on", async () => {
    const user = await OrdinaryUser.of(rig.desktop, system.folder);
    const sandboxed = await PackagedApp.start(system.path('usr/lib/sts-tray/sts-tray'), user.startOptions);
    try {
      const panel = await rig.desktop.waitForWindow('STS Tray');
      expect(panel.pid).toBe(sandboxed.pid);
      const renderers = sandboxed.processes().filter(({ argv }) => argv.includes('--type=renderer'));
      expect(renderers.length).toBeGreaterThan(0);
      expect(renderers.map(({ seccomp }) => seccomp)).toEqual(renderers.map(() => 2));
    } finally {
      await sandboxed.close();
      user.close();
    }
  });

  test('a package that is removed leaves only what is the user’s own', async () => {
    const own = readdirSync(rig.dataFolder);
    expect(own).toEqual(expect.arrayContaining(['settings.json', 'ledger.jsonl', 'vault']));
    expect(await system.remove('sts-tray')).toContain('What belongs to each user stays');
    expect((await system.files()).filter((file) => file.startsWith('usr/'))).toEqual([]);
    expect(readdirSync(rig.dataFolder)).toEqual(own);
    expect(await readFile(join(rig.dataFolder, 'settings.json'), 'utf8')).toContain('networks');
  });
});
