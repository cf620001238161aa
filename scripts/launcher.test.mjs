import { spawn } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { capture } from './setup/child-process.mjs';
import { root } from './setup/checkout.mjs';
import { findCommand } from './setup/system-packages.mjs';

// A copy of the launcher in a checkout whose runtime prints how it was started. When it is asked for
// the environment of a command, it prints the script that the test has put beside it.
let folder;
let checkout;
let launcher;
let server;
let asked;

const electronScript = `#!/bin/sh
for word do if [ "$word" = __exec-environment ]; then
  printf '%s\\n' "$@" >"\${0%/*}/asked"
  cat "\${0%/*}/script"
  exit "$(cat "\${0%/*}/status")"
fi; done
pwd
printf "%s\\n" "\${ELECTRON_RUN_AS_NODE-unset}" "$@"
`;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sts-tray launcher-')));
  checkout = join(folder, 'checkout');
  launcher = join(checkout, 'bin', 'sts-tray');
  await mkdir(join(checkout, '.runtime'), { recursive: true });
  await mkdir(join(checkout, 'dist', 'main'), { recursive: true });
  await cp(join(root, 'bin', 'sts-tray'), launcher);
  await writeFile(join(checkout, 'dist/main/main.cjs'), '');
  await writeExecutable(join(checkout, '.runtime', 'electron'), electronScript);
  await writeFile(join(checkout, '.runtime/electron-path.txt'), `${join(checkout, '.runtime', 'electron')}\n`);
  asked = [];
});
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve() : server.close(resolve)));
  server = undefined;
  await rm(folder, { recursive: true });
});

const isRoot = process.getuid?.() === 0;
const rootFlag = isRoot ? ['--no-sandbox'] : [];
/** A command opens no window, so it needs no process either that would start the windows' ones. */
const rootCommandFlags = isRoot ? ['--no-sandbox', '--no-zygote'] : [];
const launch = (path, args, options) => capture(path, args, { cwd: folder, ...options });
const lines = (text) => text.trimEnd().split('\n');

async function writeExecutable(file, text) {
  await writeFile(file, text);
  await chmod(file, 0o755);
}

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

  test.each(['bin/sts-tray', './bin/sts-tray', '-/sts-tray', 'link'])(
    'bin/sts-tray finds its checkout when it is called as %s, whatever CDPATH names',
    async (name) => {
      await symlink('bin', join(checkout, '-'));
      await symlink('bin/sts-tray', join(checkout, 'link'));
      // The same folders, so that a wrong turn is possible.
      await cp(checkout, join(folder, 'other'), { recursive: true, verbatimSymlinks: true });
      const env = { ...process.env, CDPATH: join(folder, 'other') };
      const { code, stdout, stderr } = await capture('sh', ['--', name, 'status'], { cwd: checkout, env });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(lines(stdout)).toEqual([checkout, 'unset', ...rootCommandFlags, '--log-level=3', checkout, 'status']);
    },
  );

  test('bin/sts-tray exec leaves the command the CDPATH of the caller', async () => {
    await writeFile(join(checkout, '.runtime', 'script'), 'shift 3\n');
    await writeFile(join(checkout, '.runtime', 'status'), '0');
    const env = { ...process.env, CDPATH: folder };
    expect((await launch(launcher, ['exec', 'prod', '--', 'sh', '-c', 'echo $CDPATH'], { env })).stdout).toBe(`${folder}\n`);
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

  test('bin/sts-tray leaves no dump of the memory of what it starts, but lets the command of exec do as the caller does', async () => {
    await writeExecutable(join(checkout, '.runtime', 'electron'), `${electronScript}ulimit -S -c\n`);
    await writeFile(join(checkout, '.runtime', 'script'), 'shift 3\n');
    await writeFile(join(checkout, '.runtime', 'status'), '0');
    const limits = await capture(
      'sh',
      ['-c', 'ulimit -S -c "$(ulimit -H -c)"; ulimit -S -c; "$0"; "$0" status; "$0" exec prod -- sh -c "ulimit -S -c"', launcher],
      { cwd: folder },
    );
    const [own, ...others] = lines(limits.stdout);
    expect([others.filter((line) => line === '0'), others.at(-1)]).toEqual([own === '0' ? ['0', '0', '0'] : ['0', '0'], own]);
  });

  test('bin/sts-tray starts Electron as Electron from a terminal inside an Electron program', async () => {
    const { stdout } = await launch(launcher, [], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    expect(stdout.split('\n')[1]).toBe('unset');
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

  describe('exec', () => {
    const script = "unset GONE\n export GIVEN='it'\\''s $HOME'\nshift 3\n";
    const exec = async (args, { text = script, status = 0, ...options } = {}) => {
      await writeFile(join(checkout, '.runtime', 'script'), text);
      await writeFile(join(checkout, '.runtime', 'status'), String(status));
      return await launch(launcher, ['exec', 'prod', '--', ...args], options);
    };

    test('bin/sts-tray exec asks with all of its arguments', async () => {
      await exec(['true', 'a b']);
      expect(lines(await readFile(join(checkout, '.runtime', 'asked'), 'utf8'))).toEqual([
        ...rootCommandFlags,
        '--log-level=3',
        checkout,
        '__exec-environment',
        'exec',
        'prod',
        '--',
        'true',
        'a b',
      ]);
    });

    test('bin/sts-tray exec becomes the command, with the variables and every argument as it was', async () => {
      const odd = ['', 'a  b', '*', '$HOME', '"', "'", '\\', 'line\nbreak', '--', '-n', '`id`', '日本'];
      const print = 'process.stdout.write(JSON.stringify([process.ppid, process.env.GIVEN, process.env.GONE ?? null, ...process.argv.slice(1)]))';
      const { stdout, code } = await exec([process.execPath, '-e', print, '--', ...odd], { env: { ...process.env, GONE: 'x' } });
      expect(JSON.parse(stdout)).toEqual([process.pid, "it's $HOME", null, ...odd]);
      expect(code).toBe(0);
    });

    test('bin/sts-tray exec leaves the variables of the caller alone, whatever their names', async () => {
      const env = { ...process.env, text: 'a', command: 'b', profile: 'c', status: 'd', bin: 'e', word: 'f' };
      const { stdout } = await exec(['sh', '-c', 'echo $text$command$profile$status$bin$word'], { env });
      expect(stdout).toBe('abcdef\n');
    });

    test.each([0, 1, 42, 255])('bin/sts-tray exec ends with the status %i of the command', async (status) => {
      expect((await exec(['sh', '-c', `exit ${status}`])).code).toBe(status);
    });

    test('bin/sts-tray exec runs nothing when the app refuses, and ends with its status', async () => {
      expect(await exec(['echo', 'ran'], { text: '', status: 3 })).toMatchObject({ code: 3, stdout: '' });
    });

    test('bin/sts-tray exec prints help as the script says', async () => {
      expect(await exec(['echo', 'ran'], { text: "printf %s 'Usage'\nexit 0\n" })).toMatchObject({ code: 0, stdout: 'Usage' });
    });

    test('bin/sts-tray exec ends with 126 when the command may not be run', async () => {
      await writeFile(join(folder, 'plain'), '');
      expect((await exec(['./plain'])).code).toBe(126);
    });

    test('bin/sts-tray exec passes signals to the command, which says how it ends', async () => {
      await exec(['true']);
      const trap = 'trap "echo caught; exit 9" TERM; echo ready; while :; do sleep 0.05; done';
      const child = spawn(launcher, ['exec', 'prod', '--', 'sh', '-c', trap], { stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
        if (output === 'ready\n') child.kill('SIGTERM');
      });
      const ended = await new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
      expect({ ...ended, output }).toEqual({ code: 9, signal: null, output: 'ready\ncaught\n' });
    });

    test('bin/sts-tray exec ends by the signal that ends the command', async () => {
      await exec(['true']);
      const child = spawn(launcher, ['exec', 'prod', '--', 'sh', '-c', 'kill -KILL $$'], { stdio: 'ignore' });
      expect(await new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })))).toEqual({ code: null, signal: 'SIGKILL' });
    });

    test('bin/sts-tray exec works in pipes, in both directions', async () => {
      await exec(['true']);
      const pipe = 'printf "b\\na\\n" | "$0" exec prod -- sort | head -1; "$0" exec prod -- yes | head -1';
      expect(await capture('sh', ['-c', pipe, launcher], { cwd: folder })).toMatchObject({ stdout: 'a\ny\n', stderr: '', code: 0 });
    });
  });

  describe.skipIf(!findCommand('curl'))('credential-process', () => {
    const credentials = '{"Version":1,"SecretAccessKey":"a\\\\n+/=%s","SessionToken":"t"}';
    const listen = async (socket, status, body) => {
      server = createServer((request, response) => {
        asked.push({ url: new URL(request.url, 'http://localhost'), accept: request.headers.accept });
        response.writeHead(status).end(body);
      });
      await mkdir(join(socket, '..'), { recursive: true, mode: 0o700 });
      await new Promise((resolve) => server.listen(socket, resolve));
      await chmod(socket, 0o600);
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
