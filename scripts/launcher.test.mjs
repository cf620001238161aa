import { chmod, cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from './setup/checkout.mjs';
import { capture } from './setup/child-process.mjs';

// A copy of the launcher in a checkout whose runtime prints how it was started.
let folder;
let checkout;
let launcher;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sts-tray launcher-')));
  checkout = join(folder, 'checkout');
  launcher = join(checkout, 'bin', 'sts-tray');
  await mkdir(join(checkout, '.runtime'), { recursive: true });
  await mkdir(join(checkout, 'dist', 'main'), { recursive: true });
  await cp(join(root, 'bin', 'sts-tray'), launcher);
  await writeFile(join(checkout, 'dist/main/main.cjs'), '');
  const electron = join(checkout, '.runtime', 'electron');
  await writeFile(electron, '#!/bin/sh\npwd\nprintf "%s\\n" "${ELECTRON_RUN_AS_NODE-unset}" "$@"\n');
  await chmod(electron, 0o755);
  await writeFile(join(checkout, '.runtime/electron-path.txt'), `${electron}\n`);
});
afterEach(() => rm(folder, { recursive: true }));

const isRoot = process.getuid?.() === 0;
const launch = (path, args, options) => capture(path, args, { cwd: folder, ...options });

describe.skipIf(process.platform === 'win32')('bin/sts-tray', () => {
  test('passes every argument on as it is, and stays in the directory of the caller', async () => {
    const { code, stdout } = await launch(launcher, ['exec', 'my profile', '--', 'sh', '-c', 'echo "$HOME" *']);
    const sandbox = isRoot ? ['--no-sandbox'] : [];
    expect(stdout.trimEnd().split('\n')).toEqual([
      folder,
      'unset',
      ...sandbox,
      checkout,
      'exec',
      'my profile',
      '--',
      'sh',
      '-c',
      'echo "$HOME" *',
    ]);
    expect(code).toBe(0);
  });

  test('finds its checkout through a chain of links', async () => {
    await mkdir(join(folder, 'bin'));
    await symlink(join(checkout, 'bin', 'sts-tray'), join(folder, 'bin', 'first'));
    await symlink('first', join(folder, 'bin', 'sts-tray'));
    const { stdout } = await launch(join(folder, 'bin', 'sts-tray'), ['status'], { cwd: '/' });
    expect(stdout.split('\n')).toContain(checkout);
  });

  test('starts Electron as Electron from a terminal inside an Electron program', async () => {
    const { stdout } = await launch(launcher, [], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    expect(stdout.split('\n')[1]).toBe('unset');
  });

  test('says once, as root, that it runs without the sandbox', async () => {
    const { stderr } = await launch(launcher, []);
    expect(stderr.split('--no-sandbox').length - 1).toBe(isRoot ? 1 : 0);
  });

  test.each(['.runtime', 'dist', '.runtime/electron'])('says what to run when %s is missing', async (missing) => {
    await rm(join(checkout, missing), { recursive: true });
    const { code, stderr } = await launch(launcher, ['status']);
    expect(code).toBe(1);
    expect(stderr).toContain(`Run \`node ${checkout}/scripts/setup.mjs\` first.`);
  });
});
