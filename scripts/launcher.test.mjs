import { chmod, chown, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { capture } from './setup/child-process.mjs';
import { answeringApp, copiedLauncher, electronScript, isRoot, rootCommandFlags, rootFlag, writeExecutable } from './launcher-copy.mjs';
import { runtimeVariables } from '../src-main/core/runtime-variables.ts';
import { findCommand } from './setup/system-packages.mjs';

let folder;
let checkout;
let launcher;
let app;
let asked;

beforeEach(async () => {
  ({ folder, checkout, launcher } = await copiedLauncher());
  asked = [];
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  await rm(folder, { recursive: true });
});

const launch = (path, args, options) => capture(path, args, { cwd: folder, ...options });
const lines = (text) => text.trimEnd().split('\n');

describe.skipIf(process.platform === 'win32')('bin/sts-tray', () => {
  test('bin/sts-tray starts the app, in the directory of the caller', async () => {
    const { code, stdout } = await launch(launcher, ['--hidden', '--user-data-dir=my data']);
    expect(lines(stdout)).toEqual([folder, 'unset', ...rootFlag, checkout, '--hidden', '--user-data-dir=my data']);
    expect(code).toBe(0);
  });

  test('bin/sts-tray passes every argument of a command on as it is, and keeps Chromium quiet', async () => {
    const { code, stdout, stderr } = await launch(launcher, ['export', 'my profile', '', '*', 'echo "$HOME"']);
    expect(lines(stdout)).toEqual([folder, 'unset', ...rootCommandFlags, '--log-level=3', checkout, 'export', 'my profile', '', '*', 'echo "$HOME"']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('bin/sts-tray finds its checkout through a chain of links', async () => {
    await mkdir(join(folder, 'bin'));
    await symlink(join(checkout, 'bin', 'sts-tray'), join(folder, 'bin', 'first'));
    await symlink('first', join(folder, 'bin', 'sts-tray'));
    const { stdout } = await launch(join(folder, 'bin', 'sts-tray'), ['status'], { cwd: '/' });
    expect(stdout.split('\n')).toContain(checkout);
  });

  test('bin/sts-tray finds the app of a package', async () => {
    const resources = join(folder, 'opt', 'STS Tray', 'resources');
    await mkdir(join(resources, 'bin'), { recursive: true });
    await writeFile(join(resources, 'app.asar'), '');
    await cp(launcher, join(resources, 'bin', 'sts-tray'));
    await writeExecutable(join(folder, 'opt', 'STS Tray', 'sts-tray'), electronScript);
    await symlink(join(resources, 'bin', 'sts-tray'), join(folder, 'sts-tray'));
    expect(lines((await launch(join(folder, 'sts-tray'), ['status'])).stdout)).toEqual([folder, 'unset', ...rootCommandFlags, '--log-level=3', 'status']);
    // The app of a package starts with its sandbox or not at all.
    expect(await launch(join(folder, 'sts-tray'), ['--hidden'])).toMatchObject({ stdout: `${folder}\nunset\n--hidden\n`, stderr: '' });
  });

  test('bin/sts-tray starts Electron as Electron from a terminal inside an Electron program', async () => {
    const { stdout } = await launch(launcher, [], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    expect(stdout.split('\n')[1]).toBe('unset');
  });

  test('bin/sts-tray leaves out of its own start what is meant for Node and Electron in other programs, and no variable of Node is forgotten', async () => {
    await writeExecutable(join(checkout, '.runtime', 'electron'), '#!/bin/sh\nenv\n');
    const env = { PATH: process.env.PATH, NODE_ENV: 'test', ...Object.fromEntries(runtimeVariables.map((name) => [name, 'x'])) };
    for (const words of [[], ['status']]) {
      const { stdout } = await launch(launcher, words, { env });
      const names = stdout.split('\n').map((line) => line.split('=')[0]);
      expect(names.filter((name) => /^(NODE|ELECTRON)_/.test(name))).toEqual(['NODE_ENV']);
    }
  });

  test('bin/sts-tray hands the command of exec the variables of Node and Electron as they were', async () => {
    await writeExecutable(join(checkout, '.runtime', 'electron'), '#!/bin/sh\n[ "${NODE_OPTIONS-}${ELECTRON_RUN_AS_NODE-}" ] || echo "become 3"\n');
    const env = { PATH: process.env.PATH, NODE_OPTIONS: '--require /nowhere.js', ELECTRON_RUN_AS_NODE: '1' };
    const { code, stdout } = await launch(launcher, ['exec', 'a', '--', 'sh', '-c', 'echo "$NODE_OPTIONS $ELECTRON_RUN_AS_NODE"'], { env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '--require /nowhere.js 1\n' });
  });

  test('bin/sts-tray says that the folder is gone in which it is to start, in the language of the environment', async () => {
    const gone = join(folder, 'gone');
    const inGone = (env) =>
      launch('/bin/sh', ['-c', 'mkdir "$1" && cd "$1" && rmdir "$1" && "$0" status', launcher, gone], { env: { PATH: process.env.PATH, ...env } });
    const english = await inGone({ LANG: 'C.UTF-8' });
    expect(english).toMatchObject({ code: 1, stdout: '' });
    expect(english.stderr).toContain(
      'sts-tray: The folder that this shell is in is gone. Change into another one, as with “cd ~”, then run the command again.\n',
    );
    expect((await inGone({ LC_ALL: 'ja_JP.UTF-8', LANG: 'C' })).stderr).toContain('sts-tray: このシェルのいるフォルダーは、もうありません。');
  });

  test('bin/sts-tray says once, as root, that the app runs without the sandbox', async () => {
    const { stderr } = await launch(launcher, []);
    expect(stderr.split('--no-sandbox').length - 1).toBe(isRoot ? 1 : 0);
    expect((await launch(launcher, ['status'])).stderr).toBe('');
  });

  test.each(['.runtime', 'dist', '.runtime/electron'])('bin/sts-tray says what to run when %s is missing', async (missing) => {
    await rm(join(checkout, missing), { recursive: true });
    const { code, stderr } = await launch(launcher, ['status']);
    expect(code).toBe(1);
    expect(stderr).toContain(`Run \`node ${checkout}/scripts/setup.mjs\` first.`);
  });

  describe.skipIf(!findCommand('curl'))('credential-process', () => {
    const credentials = '{"Version":1,"SecretAccessKey":"a\\\\n+/=%s","SessionToken":"t"}';
    const listen = async (socket, status, body) => {
      app = await answeringApp(socket, status, body);
      ({ asked } = app);
    };
    const socket = () => join(folder, 'data', 'run', 'api.sock');
    const ask = (args = [], options = {}) =>
      launch(launcher, [`--user-data-dir=${join(folder, 'data')}`, 'credential-process', 'my profile', ...args], options);

    test('bin/sts-tray credential-process prints what the app answers, without starting a runtime', async () => {
      await listen(socket(), 200, credentials);
      expect(await ask()).toMatchObject({ code: 0, stdout: `${credentials}\n`, stderr: '' });
      const [{ url, accept }] = asked;
      expect(url.pathname).toBe('/v1/credential-process');
      expect(Object.fromEntries(url.searchParams)).toEqual({ profile: 'my profile', pid: String(process.pid) });
      expect(accept).toBe('text/plain');
    });

    test('bin/sts-tray credential-process says which limited session its line asks for, and which one its caller has', async () => {
      await listen(socket(), 200, credentials);
      await ask(['--limit-id=0123abc'], { env: { STS_TRAY_LIMIT: '4567def' } });
      expect(Object.fromEntries(asked[0].url.searchParams)).toEqual({
        profile: 'my profile',
        pid: String(process.pid),
        limit: '0123abc',
        callerLimit: '4567def',
      });
    });

    test.each(['a&b=c', 'a+b%20', '日本', '@file', '*'])('bin/sts-tray credential-process asks for the profile %s as it is written', async (profile) => {
      await listen(socket(), 200, credentials);
      await launch(launcher, ['credential-process', profile, '--user-data-dir', 'data']);
      expect(asked[0].url.searchParams.get('profile')).toBe(profile);
    });

    test.each([
      [408, 4],
      [409, 4],
      [403, 1],
      [500, 1],
    ])('bin/sts-tray credential-process says what the app says with status %i, and ends with %i', async (status, code) => {
      await listen(socket(), status, 'What happened. What to do next.\n');
      expect(await ask()).toMatchObject({ code, stdout: '', stderr: 'sts-tray: What happened. What to do next.\n' });
    });

    test('bin/sts-tray credential-process heeds neither a proxy nor the settings of curl', async () => {
      await listen(socket(), 200, credentials);
      await writeFile(join(folder, '.curlrc'), 'output = "stolen"\n');
      const proxy = 'http://127.0.0.1:9';
      const env = { ...process.env, HOME: folder, http_proxy: proxy, all_proxy: proxy, ALL_PROXY: proxy };
      expect(await ask([], { env })).toMatchObject({ code: 0, stdout: `${credentials}\n` });
    });

    test.each(['dash', 'bash', 'busybox', 'mksh', 'ksh', 'yash'].filter((shell) => findCommand(shell)))(
      'bin/sts-tray credential-process makes the credentials an argument of no program in %s, whatever the environment says of the shell',
      async (shell) => {
        await listen(socket(), 200, credentials);
        const tools = join(folder, 'tools');
        await mkdir(tools);
        for (const name of ['print', 'printf', 'echo', 'cat']) await writeExecutable(join(tools, name), `#!/bin/sh\necho "$@" >>"${folder}/told"\n`);
        const told = `() { echo told "$@"; }`;
        const functions = { 'BASH_FUNC_print%%': told, 'BASH_FUNC_printf%%': told, 'BASH_FUNC_command%%': told };
        const env = { ...process.env, PATH: `${tools}:${process.env.PATH}`, KSH_VERSION: 'x', ZSH_VERSION: 'x', SHELLOPTS: 'xtrace:verbose', ...functions };
        const words = shell === 'busybox' ? ['sh'] : [];
        const args = [...words, launcher, 'credential-process', 'prod', `--user-data-dir=${join(folder, 'data')}`];
        const { code, stdout, stderr } = await capture(shell, args, { cwd: folder, env });
        expect({ code, stdout }).toEqual({ code: 0, stdout: `${credentials}\n` });
        expect(stderr).not.toContain('SecretAccessKey');
        await expect(readFile(join(folder, 'told'))).rejects.toThrow('ENOENT');
      },
    );

    test('bin/sts-tray credential-process finds the socket in the runtime directory, else in the folder of the app', async () => {
      if (process.platform === 'darwin') return;
      await listen(join(folder, 'xdg', 'sts-tray', 'api.sock'), 200, credentials);
      const { XDG_RUNTIME_DIR: _runtime, ...env } = { ...process.env, HOME: folder, XDG_CONFIG_HOME: '' };
      const args = ['credential-process', 'prod'];
      expect((await launch(launcher, args, { env: { ...env, XDG_RUNTIME_DIR: join(folder, 'xdg') } })).stdout).toBe(`${credentials}\n`);
      await symlink(join(folder, 'xdg', 'sts-tray'), join(folder, 'run'));
      await mkdir(join(folder, '.config'));
      await symlink(folder, join(folder, '.config', 'STS Tray'));
      expect((await launch(launcher, args, { env })).stdout).toBe(`${credentials}\n`);
    });

    test('bin/sts-tray credential-process finds the app in its own folder where the caller has a runtime directory that the app has not', async () => {
      if (process.platform === 'darwin') return;
      await mkdir(join(folder, '.config'));
      await listen(join(folder, '.config', 'STS Tray', 'run', 'api.sock'), 200, credentials);
      const env = { PATH: process.env.PATH, HOME: folder, XDG_RUNTIME_DIR: join(folder, 'nowhere') };
      expect((await launch(launcher, ['credential-process', 'prod'], { env })).stdout).toBe(`${credentials}\n`);
    });

    test.each([
      ['the app is not running', [], () => {}],
      ['only the socket is left', [], () => leaveSocket(socket())],
      ['help is asked for', ['--help'], () => listen(socket(), 200, credentials)],
      ['there is a word too many', ['more'], () => listen(socket(), 200, credentials)],
      ['an option is unknown', ['--what'], () => listen(socket(), 200, credentials)],
    ])('bin/sts-tray credential-process leaves the answer to the command itself when %s', async (_, args, prepare) => {
      await prepare();
      const { stdout } = await ask(args);
      expect(lines(stdout).slice(2)).toEqual([
        ...rootCommandFlags,
        '--log-level=3',
        checkout,
        `--user-data-dir=${join(folder, 'data')}`,
        'credential-process',
        'my profile',
        ...args,
      ]);
      expect(asked).toEqual([]);
    });

    test('bin/sts-tray credential-process leaves the answer to the command itself where there is no curl', async () => {
      await listen(socket(), 200, credentials);
      const tools = join(folder, 'tools');
      await mkdir(tools);
      for (const tool of ['sh', 'cat', 'dirname', 'readlink', 'id', 'ls']) await symlink(findCommand(tool), join(tools, tool));
      expect(lines((await ask([], { env: { PATH: tools } })).stdout)).toContain('--log-level=3');
      expect(asked).toEqual([]);
    });

    test.each([
      ['the socket', 'data/run/api.sock', 0o660],
      ['the socket', 'data/run/api.sock', 0o606],
      ['its folder', 'data/run', 0o770],
      ['its folder', 'data/run', 0o701],
    ])(
      'bin/sts-tray credential-process leaves the answer to the command itself where %s, %s, has the mode %i and so is open to others',
      async (_, name, mode) => {
        await listen(socket(), 200, credentials);
        await chmod(join(folder, name), mode);
        expect(lines((await ask()).stdout)).toContain('--log-level=3');
        expect(asked).toEqual([]);
      },
    );

    test.runIf(isRoot)('bin/sts-tray credential-process asks no socket of another user', async () => {
      await listen(socket(), 200, credentials);
      await chown(socket(), 12_345, 12_345);
      expect(lines((await ask()).stdout)).toContain('--log-level=3');
      expect(asked).toEqual([]);
    });

    test('bin/sts-tray credential-process serves many callers at once', async () => {
      await listen(socket(), 200, credentials);
      const outcomes = await Promise.all(Array.from({ length: 200 }, () => ask()));
      expect(outcomes.filter(({ code, stdout }) => code === 0 && stdout === `${credentials}\n`)).toHaveLength(200);
    }, 60_000);

    test.each(['dash', 'bash', 'busybox', 'mksh', 'ksh', 'yash', 'zsh'].filter((shell) => findCommand(shell)))(
      'bin/sts-tray credential-process runs in %s',
      async (shell) => {
        await listen(socket(), 200, credentials);
        const words = shell === 'busybox' ? ['sh'] : shell === 'zsh' ? ['--emulate', 'sh'] : [];
        const args = [...words, launcher, 'credential-process', 'prod', `--user-data-dir=${join(folder, 'data')}`];
        expect(await capture(shell, args, { cwd: folder })).toMatchObject({ code: 0, stdout: `${credentials}\n`, stderr: '' });
      },
    );
  });
});

/** Leaves a socket behind, as an app does that was killed. */
async function leaveSocket(socket) {
  await mkdir(join(socket, '..'), { recursive: true });
  const script = `require('node:net').createServer().listen(${JSON.stringify(socket)}, () => process.kill(process.pid, 'SIGKILL'))`;
  await capture(process.execPath, ['-e', script]);
}
