import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliRig, failure } from '../../../testing/rigs/cli-rig.ts';

let rig: CliRig;
beforeEach(async () => {
  rig = await CliRig.open();
});
afterEach(() => rig.close());

const line = '2030-01-02T12:00:00.000Z power state=resume';

async function logged(folder: string, text: string): Promise<void> {
  await mkdir(join(folder, 'logs'), { recursive: true });
  await writeFile(join(folder, 'logs', 'main.log'), text);
}

describe('sts-tray report', () => {
  it('sts-tray report prints the text of the app, with masks unless it is told otherwise', async () => {
    await rig.startApp({ report: [200, { text: '## STS Tray: report\n' }] });
    expect(await rig.run(['report'])).toEqual({ code: 0, stdout: '## STS Tray: report\n', stderr: '' });
    await rig.run(['report', '--show-accounts']);
    expect(rig.asked.map(({ fields }) => fields)).toEqual([{ showAccounts: false }, { showAccounts: true }]);
  });

  it('sts-tray report says what it can when the app is not running, and starts none', async () => {
    await logged(rig.folder, `${line}\nof an older version: 111122223333 canary\n`);
    const { code, stdout, stderr } = await rig.run(['report'], { env: { XDG_CURRENT_DESKTOP: 'KDE', XDG_SESSION_TYPE: 'x11', LC_ALL: 'C' } });
    expect(code).toBe(0);
    expect(stderr).toMatch(/not running/);
    expect(stdout).toContain('app: 1.2.3');
    expect(stdout).toContain('desktop: kde, session type x11');
    expect(stdout).toContain('running: no');
    expect(stdout).toContain(line);
    expect(stdout).toContain('(1 lines of another version are left out)');
    expect(stdout).not.toContain('canary');
  });

  it('sts-tray report looks for the log in the usual folder where no other is named', async () => {
    const dataFolder = join(rig.folder, 'usual');
    await logged(dataFolder, `${line}\n`);
    const { stdout } = await rig.run(['report'], { dataFolder, args: ['report'], env: { XDG_RUNTIME_DIR: rig.folder } });
    expect(stdout).toContain(line);
  });

  it('sts-tray report says what it can where the app does not answer as it should', async () => {
    await rig.startApp({ report: [500, failure('request-invalid', { reason: 'no such path' })] });
    const { code, stdout, stderr } = await rig.run(['report']);
    expect(code).toBe(0);
    expect(stdout).toContain('running: no');
    expect(stderr).toMatch(/^sts-tray: /);
  });
});
