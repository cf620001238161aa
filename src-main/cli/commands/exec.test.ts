import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliRig } from '../../../testing/rigs/cli-rig.ts';

const handOff = {
  accountId: '111122223333',
  set: [
    ['AWS_ACCESS_KEY_ID', 'ASIAX'],
    ['AWS_SECRET_ACCESS_KEY', "it's"],
  ],
  unset: ['AWS_PROFILE', 'AWS_SESSION_TOKEN'],
  expiration: '2026-11-23T20:00:00Z',
  guardFolder: null,
  runFifo: null,
};

let rig: CliRig;
beforeEach(async () => {
  rig = await CliRig.open();
});
afterEach(() => rig.close());

describe.skipIf(process.platform === 'win32')('sts-tray exec', () => {
  const exec = (args: readonly string[], world = {}) => rig.run(['exec', ...args], world);

  it('sts-tray exec runs nothing when the credentials are of another account', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    const marker = join(rig.folder, 'ran');
    const { code, stderr } = await exec(['prod', '--account', '999988887777', '--', 'touch', marker]);
    expect(stderr).toContain('Profile prod leads to account 111122223333, not 999988887777; nothing was run.');
    expect(code).toBe(3);
    await expect(readFile(marker)).rejects.toThrow('ENOENT');
  });

  it('sts-tray exec asks for renewable credentials, for static ones on request, and for a time left', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    await exec(['prod', '--', 'true']);
    await exec(['prod', '--static', '--min-left', '30m', '--', 'true']);
    const program = { command: 'true', folder: rig.folder };
    expect(rig.asked.map(({ fields }) => fields)).toEqual([
      { profile: 'prod', credentials: 'renewable', program, pid: process.pid },
      { profile: 'prod', credentials: 'static', program, minLeftSeconds: 1800, pid: process.pid },
    ]);
  });

  it('sts-tray exec gives the command the variables, and ends as it ends', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    const file = join(rig.folder, 'environment');
    const script = `printf '%s,%s,%s' "$AWS_SECRET_ACCESS_KEY" "\${AWS_PROFILE-none}" "$1" >"$0"; exit 7`;
    const { code } = await exec(['prod', '--', 'sh', '-c', script, file, 'a "b" c'], { env: { PATH: process.env['PATH'], AWS_PROFILE: 'x' } });
    expect(await readFile(file, 'utf8')).toBe('it\'s,none,a "b" c');
    expect(code).toBe(7);
    expect((await exec(['prod', '--', 'sh', '-c', 'kill -TERM $$'])).code).toBe(143);
  });

  it('sts-tray exec looks for the command before anybody is asked for a code', async () => {
    await rig.startApp({});
    const { code, stderr } = await exec(['prod', '--', 'no-such-command']);
    expect(stderr).toBe('sts-tray: no-such-command was not found. Check its name and PATH.\n');
    expect(code).toBe(127);
    expect(rig.asked).toEqual([]);
    await writeFile(join(rig.folder, 'plain'), '');
    expect((await exec(['prod', '--', './gone'])).code).toBe(127);
  });

  it('sts-tray exec tells the launcher what to do, with arguments to shift away', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    const args = ['__exec-environment', `--user-data-dir=${rig.folder}`, 'exec', 'prod', '--static', '--', 'true'];
    const { code, stdout } = await rig.run([], { args });
    expect(stdout).toBe("unset AWS_PROFILE AWS_SESSION_TOKEN\n export AWS_ACCESS_KEY_ID='ASIAX'\n export AWS_SECRET_ACCESS_KEY='it'\\''s'\nshift 5\n");
    expect(code).toBe(0);
  });

  it('sts-tray exec prints help for the launcher as a script that prints it', async () => {
    const { stdout } = await rig.run([], { args: ['__exec-environment', 'exec', '--help'] });
    expect(stdout).toMatch(/^printf %s 'Usage: sts-tray exec PROFILE[^]*'\nexit 0\n$/);
  });
});
