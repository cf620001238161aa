import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliRig } from '../../testing/rigs/cli-rig.ts';

let rig: CliRig;
beforeEach(async () => void (rig = await CliRig.open()));
afterEach(() => rig.close());

describe('an app that is elsewhere', () => {
  it.skipIf(process.platform !== 'linux')('a command without XDG_RUNTIME_DIR, as under cron, finds the app that has one', async () => {
    await rig.startApp({ status: [200, { sessions: [] }] });
    await symlink(join(rig.folder, 'run'), join(rig.folder, 'sts-tray'));
    const world = { args: ['status'], env: { PATH: process.env['PATH'] }, runtimeFolder: rig.folder };
    expect(await rig.run([], world)).toEqual({ code: 0, stdout: '', stderr: 'sts-tray: There is no session.\n' });
    expect(rig.asked).toHaveLength(1);
  });

  it('a command whose folder makes the path of the socket too long says so at once', async () => {
    const long = join(rig.folder, 'long'.repeat(30));
    for (const words of [['status'], ['export', 'prod']]) {
      const { code, stdout, stderr } = await rig.run([], { args: [`--user-data-dir=${long}`, ...words] });
      expect(stderr).toContain(`sts-tray: The path ${long}/run/api.sock is too long for a socket`);
      expect(stderr).toContain('Start STS Tray and this command with a shorter XDG_RUNTIME_DIR, or with --user-data-dir');
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    }
  });
});
