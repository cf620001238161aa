import { cp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copiedLauncher, electronScript, rootCommandFlags, writeExecutable } from './launcher-copy.mjs';
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

describe.skipIf(process.platform === 'win32')('the environment of bin/sts-tray', () => {
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
    await writeFile(join(checkout, '.runtime', 'steps'), 'become 3\n');
    await writeFile(join(checkout, '.runtime', 'status'), '0');
    const env = { ...process.env, CDPATH: folder };
    expect((await launch(launcher, ['exec', 'prod', '--', 'sh', '-c', 'echo $CDPATH'], { env })).stdout).toBe(`${folder}\n`);
  });

  test('bin/sts-tray leaves no dump of the memory of what it starts, but lets the command of exec do as the caller does', async () => {
    await writeExecutable(join(checkout, '.runtime', 'electron'), `${electronScript}ulimit -S -c\n`);
    await writeFile(join(checkout, '.runtime', 'steps'), 'become 3\n');
    await writeFile(join(checkout, '.runtime', 'status'), '0');
    const limits = await capture(
      'sh',
      ['-c', 'ulimit -S -c "$(ulimit -H -c)"; ulimit -S -c; "$0"; "$0" status; "$0" exec prod -- sh -c "ulimit -S -c"', launcher],
      { cwd: folder },
    );
    const [own, ...others] = lines(limits.stdout);
    expect([others.filter((line) => line === '0'), others.at(-1)]).toEqual([own === '0' ? ['0', '0', '0'] : ['0', '0'], own]);
  });
});
