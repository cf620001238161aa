import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copiedLauncher, rootCommandFlags } from './launcher-copy.mjs';
import { capture } from './setup/child-process.mjs';

let folder;
let checkout;
let launcher;
beforeEach(async () => {
  ({ folder, checkout, launcher } = await copiedLauncher());
});
afterEach(() => rm(folder, { recursive: true }));

const launch = (path, args, options) => capture(path, args, { cwd: folder, ...options });
const lines = (text) => text.trimEnd().split('\n');

describe.skipIf(process.platform === 'win32')('bin/sts-tray', () => {
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
});
