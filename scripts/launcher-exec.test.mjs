import { spawn } from 'node:child_process';
import { access, chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answeringApp, copiedLauncher, rootCommandFlags } from './launcher-copy.mjs';
import { capture } from './setup/child-process.mjs';
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

const steps = 'unset AWS_PROFILE\nset AWS_REGION=it\'s $HOME `id` \\ "x"\nbecome 4\n';
const isLinux = process.platform === 'linux';
const shells = ['dash', 'bash', 'busybox', 'mksh', 'ksh', 'yash'].filter((shell) => findCommand(shell));

/** What the command itself says. */
async function tellCommand(text, status = 0) {
  await writeFile(join(checkout, '.runtime', 'steps'), text);
  await writeFile(join(checkout, '.runtime', 'status'), String(status));
}

/** What the running app says. */
async function listen(text, status = 200) {
  app = await answeringApp(join(folder, 'data', 'run', 'api.sock'), status, text);
  ({ asked } = app);
}

const words = (args) => ['exec', `--user-data-dir=${join(folder, 'data')}`, 'prod', '--', ...args];
const exec = (args, options = {}) => capture(launcher, words(args), { cwd: folder, ...options });
const lines = (text) => text.trimEnd().split('\n');
const askedCommand = async () => lines(await readFile(join(checkout, '.runtime', 'asked'), 'utf8'));

const ways = ['the command itself', ...(isLinux && findCommand('curl') ? ['the running app'] : [])];

describe.skipIf(process.platform === 'win32').each(ways)('bin/sts-tray exec, as %s says', (way) => {
  const tell = way === 'the running app' ? listen : tellCommand;

  test(`bin/sts-tray exec becomes the command, with the variables that ${way} names, and every argument as it was`, async () => {
    await tell(steps);
    const odd = ['', 'a  b', '*', '$HOME', '"', "'", '\\', 'line\nbreak', '--', '-n', '`id`', '日本', '@file', '=a&b=c'];
    const print = 'process.stdout.write(JSON.stringify([process.ppid, process.env.AWS_REGION, process.env.AWS_PROFILE ?? null, ...process.argv.slice(1)]))';
    const { stdout, code } = await exec([process.execPath, '-e', print, '--', ...odd], { env: { ...process.env, AWS_PROFILE: 'x' } });
    expect(JSON.parse(stdout)).toEqual([process.pid, 'it\'s $HOME `id` \\ "x"', null, ...odd]);
    expect(code).toBe(0);
  });

  test(`bin/sts-tray exec leaves the variables of the caller alone, whatever their names, when ${way} answers`, async () => {
    await tell(steps);
    const names = ['text', 'command', 'profile', 'status', 'bin', 'word', 'line', 'answer'];
    const env = { ...process.env, ...Object.fromEntries(names.map((name) => [name, `<${name}>`])) };
    const { stdout } = await exec(['sh', '-c', names.map((name) => `printf %s "$${name}"`).join('; ')], { env });
    expect(stdout).toBe(names.map((name) => `<${name}>`).join(''));
  });

  test.runIf(isLinux).each(shells)(
    `bin/sts-tray exec hands on names that a shell cannot hold, and the command’s own status, when ${way} answers, in %s`,
    async (shell) => {
      await tell(`lost\n${steps}`);
      const odd = { 'TF_VAR_db-name': ` a'b"c\n$(id) `, 'my.dotted': '', 'BASH_FUNC_hello%%': '() {  echo hello\n}', 日本: '本' };
      const env = { ...process.env, ...odd, AWS_PROFILE: 'x' };
      const print = `process.stdout.write(JSON.stringify([process.env.AWS_PROFILE ?? process.env.PERL_BADLANG ?? null, ...${JSON.stringify(Object.keys(odd))}.map((name) => process.env[name])])); process.exitCode = 7`;
      const started = shell === 'busybox' ? ['busybox', 'sh'] : [shell];
      const [program, ...args] = [...started, launcher, ...words([process.execPath, '-e', print])];
      const { stdout, stderr, code } = await capture(program, args, { cwd: folder, env });
      expect([stderr, JSON.parse(stdout), code]).toEqual(['', [null, ...Object.values(odd)], 7]);
    },
  );

  test.each([0, 1, 42, 255])(`bin/sts-tray exec ends with the status %i of the command when ${way} answers`, async (status) => {
    await tell(steps);
    expect((await exec(['sh', '-c', `exit ${status}`])).code).toBe(status);
  });

  test(`bin/sts-tray exec prints what ${way} says on both streams, and ends without the command where that is said`, async () => {
    await tell('say two  blanks \\n $HOME\nsay \nsay -n\nprint Usage\nexit 3\n');
    expect(await exec(['echo', 'ran'])).toMatchObject({ code: 3, stdout: 'Usage\n', stderr: 'two  blanks \\n $HOME\n\n-n\n' });
  });

  test(`bin/sts-tray exec ends with 126 when the command may not be run and ${way} answers`, async () => {
    await tell(steps);
    await writeFile(join(folder, 'plain'), '');
    expect((await exec(['./plain'])).code).toBe(126);
  });

  test(`bin/sts-tray exec passes signals to the command, which says how it ends, when ${way} answers`, async () => {
    await tell(steps);
    const trap = 'trap "echo caught; exit 9" TERM; echo ready; while :; do sleep 0.05; done';
    const child = spawn(launcher, words(['sh', '-c', trap]), { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output === 'ready\n') child.kill('SIGTERM');
    });
    const ended = await new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
    expect({ ...ended, output }).toEqual({ code: 9, signal: null, output: 'ready\ncaught\n' });
  });

  test.runIf(isLinux)(
    `bin/sts-tray exec becomes the command with names that a shell cannot hold too, which gets each signal once, when ${way} answers`,
    async () => {
      await tell(`lost\n${steps}`);
      const trap = 'trap "echo caught" TERM; trap "exit 9" INT; echo ready; while :; do sleep 0.05; done';
      const env = { ...process.env, 'TF_VAR_db-name': 'x' };
      const child = spawn(launcher, words(['sh', '-c', trap]), { stdio: ['ignore', 'pipe', 'inherit'], env, detached: true });
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
        // To the whole group, as `timeout` and service managers send it.
        if (output === 'ready\n') process.kill(-(child.pid ?? 0), 'SIGTERM');
        if (output === 'ready\ncaught\n') setTimeout(() => child.kill('SIGINT'), 300);
      });
      const ended = await new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
      expect({ ...ended, output }).toEqual({ code: 9, signal: null, output: 'ready\ncaught\n' });
    },
  );

  test(`bin/sts-tray exec ends by the signal that ends the command when ${way} answers`, async () => {
    await tell(steps);
    const child = spawn(launcher, words(['sh', '-c', 'kill -KILL $$']), { stdio: 'ignore' });
    expect(await new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })))).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test(`bin/sts-tray exec works in pipes, in both directions, when ${way} answers`, async () => {
    await tell(steps);
    const pipe = 'printf "b\\na\\n" | "$@" sort | head -1; "$@" yes | head -1';
    expect(await capture('sh', ['-c', pipe, 'sh', launcher, ...words([])], { cwd: folder })).toMatchObject({ stdout: 'a\ny\n', stderr: '', code: 0 });
  });

  test.each(shells)(`bin/sts-tray exec holds the FIFO that ${way} names by a descriptor that nothing else uses, in %s`, async (shell) => {
    const fifo = join(folder, `it's "a" $(FIFO)`);
    await capture('mkfifo', [fifo]);
    await tell(`hold ${fifo}\nbecome 4\n`);
    const held = 'for fd in 3 4 5 6 7 8 9; do if [ -p "/dev/fd/$fd" ]; then printf %s "$fd"; fi; done';
    const started = shell === 'busybox' ? 'busybox sh' : shell;
    for (const [before, expected] of [
      ['', '9'],
      ['exec 9>/dev/null;', '8'],
      ['exec 9</dev/null 8>/dev/null;', '7'],
      ['exec 9>/dev/null 8>&9 7>&9 6>&9 5>&9 4>&9 3>&9;', ''],
    ]) {
      const found = await capture('sh', ['-c', `${before} ${started} "$@"`, 'sh', launcher, ...words(['sh', '-c', held])], { cwd: folder });
      expect(found).toMatchObject({ code: 0, stderr: '', stdout: expected });
    }
  });

  test.each([
    'set LD_PRELOAD=/tmp/evil.so',
    'set BASH_ENV=/tmp/evil',
    'set PS4=$(touch ran)',
    'set AWS_X[$(touch ran)]=1',
    'set AWS_REGION',
    'set AWS_`touch ran`=1',
    'unset LD_LIBRARY_PATH',
    'unset AWS_X; touch ran',
    'hold ran',
    'exit $(touch ran)',
    'exit 1; touch ran',
    'become 1 2',
    'become -1',
    'touch ran',
    '$(touch ran)',
    '',
  ])(`bin/sts-tray exec evaluates nothing of what ${way} says, and runs nothing after %j`, async (line) => {
    await tell(`${line}\nbecome 4\n`);
    const { code, stdout, stderr } = await exec(['echo', 'ran']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('wants more than to hand over a session; nothing was run.');
    await expect(access(join(folder, 'ran'))).rejects.toThrow('ENOENT');
  });

  test.each(['', 'set AWS_REGION=x\n'])(`bin/sts-tray exec runs nothing when ${way} ends after %j`, async (text) => {
    await tell(text);
    expect(await exec(['echo', 'ran'])).toMatchObject({ code: 1, stdout: '' });
  });

  test.each(shells)(`bin/sts-tray exec traces nothing of what ${way} says, and evaluates none of it, in %s`, async (shell) => {
    const key = 'wJalrEXAMPLE `touch ran` $(touch ran) \\';
    await tell(`set AWS_SECRET_ACCESS_KEY=${key}\nbecome 4\n`);
    const env = { ...process.env, SHELLOPTS: 'xtrace:verbose' };
    const started = [...(shell === 'busybox' ? ['sh'] : []), '-x', launcher, ...words([process.execPath, '-p', 'process.env.AWS_SECRET_ACCESS_KEY'])];
    const { stdout, stderr } = await capture(shell, started, { cwd: folder, env });
    expect(stdout).toBe(`${key}\n`);
    expect(stderr).not.toContain('wJalr');
    await expect(access(join(folder, 'ran'))).rejects.toThrow('ENOENT');
  });
});

describe.skipIf(process.platform === 'win32')('bin/sts-tray exec', () => {
  test('bin/sts-tray exec asks the command itself with all of its arguments where the app does not run', async () => {
    await tellCommand(steps);
    await exec(['true', 'a b']);
    expect(await askedCommand()).toEqual([...rootCommandFlags, '--log-level=3', checkout, '__exec-steps', ...words(['true', 'a b'])]);
  });

  test('bin/sts-tray exec runs nothing when the command itself fails, and ends with its status', async () => {
    await tellCommand('', 3);
    expect(await exec(['echo', 'ran'])).toMatchObject({ code: 3, stdout: '' });
  });

  describe.runIf(isLinux && findCommand('curl'))('at the running app', () => {
    test('bin/sts-tray exec asks the running app with its own process ID and every word, without starting a runtime', async () => {
      await listen(steps);
      const { stdout } = await exec(['sh', '-c', 'echo $$', 'a&b', '@x', '日本']);
      const [{ url, accept }] = asked;
      expect({ path: url.pathname, accept }).toEqual({ path: '/v1/exec', accept: 'text/plain' });
      expect(url.searchParams.getAll('word')).toEqual(words(['sh', '-c', 'echo $$', 'a&b', '@x', '日本']));
      expect(`${url.searchParams.get('pid')}\n`).toBe(stdout);
      expect(url.searchParams.get('terminal')).toBe('none');
      await expect(askedCommand()).rejects.toThrow('ENOENT');
    });

    test.each([400, 404, 422, 500, 503])('bin/sts-tray exec leaves it to the command itself when the app answers with status %i', async (status) => {
      await listen('say no\nexit 1\n', status);
      await tellCommand(steps);
      expect(await exec(['echo', 'ran'])).toMatchObject({ code: 0, stdout: 'ran\n', stderr: '' });
      expect(asked).toHaveLength(1);
    });

    test('bin/sts-tray exec leaves thousands of arguments to the command itself, since a shell would take minutes to ask with them', async () => {
      await listen('exit 9\n');
      await tellCommand(steps);
      const many = Array.from({ length: 5_000 }, (_, index) => `file-${index}`);
      const { code, stdout, stderr } = await exec(['sh', '-c', 'echo $#', 'sh', ...many]);
      expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '5000\n', stderr: '' });
      expect(asked).toEqual([]);
    });

    test('bin/sts-tray exec says nothing of an argument that is too long to ask with', async () => {
      await listen('exit 9\n');
      await tellCommand(steps);
      const longest = 'x'.repeat(131_070);
      expect(await exec(['sh', '-c', 'echo ${#1}', 'sh', longest])).toMatchObject({ code: 0, stdout: '131070\n', stderr: '' });
      expect(asked).toEqual([]);
    });

    test.each([
      ['the socket', 'data/run/api.sock', 0o660],
      ['its folder', 'data/run', 0o701],
    ])('bin/sts-tray exec asks no socket where %s is open to others', async (_, name, mode) => {
      await listen('exit 9\n');
      await tellCommand(steps);
      await chmod(join(folder, name), mode);
      expect(await exec(['echo', 'ran'])).toMatchObject({ code: 0, stdout: 'ran\n' });
      expect(asked).toEqual([]);
    });
  });
});
