import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliRig } from '../../../testing/rigs/cli-rig.ts';

const handOff = {
  ...{ accountId: '111122223333', kind: 'base', set: [], unset: [], expiration: '2026-11-23T20:00:00Z' },
  ...{ guardFolder: null, runFifo: null, relayRun: null, rolesOnly: false },
};
const run = '3f0c1d2e-0000-4000-8000-00000000000a';
const ofRun = { PATH: process.env['PATH'], STS_TRAY_RUN: run, STS_TRAY_AWS_ENDPOINT_URL_STS: '', AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1/token' };

let rig: CliRig;
beforeEach(async () => {
  rig = await CliRig.open();
  await rig.startApp({ 'hand-off': [200, handOff] });
});
afterEach(() => rig.close());

/** What the command of an `exec` knows of the run around it. */
async function marksIn(env: Readonly<Record<string, string | undefined>>, ...options: readonly string[]): Promise<Record<string, string | undefined>> {
  const file = join(rig.folder, 'marks');
  const script = 'printf "%s %s" "${STS_TRAY_RUN-none}" "${STS_TRAY_RUN_AROUND-none}" >"$0"';
  await rig.run(['exec', 'prod', ...options, '--', 'sh', '-c', script, file], { env });
  const [STS_TRAY_RUN, STS_TRAY_RUN_AROUND] = (await readFile(file, 'utf8')).split(' ').map((mark) => (mark === 'none' ? undefined : mark));
  return { PATH: process.env['PATH'], STS_TRAY_RUN, STS_TRAY_RUN_AROUND };
}

describe.skipIf(process.platform === 'win32')('sts-tray exec within a run', () => {
  it('an exec within an exec without the relay keeps to the run around both', async () => {
    const inner = await marksIn({ ...ofRun, STS_TRAY_RELAY: 'off' });
    expect(inner).toMatchObject({ STS_TRAY_RUN: undefined, STS_TRAY_RUN_AROUND: run });
    const innermost = await marksIn(inner);
    expect(rig.asked.at(-1)?.fields).toMatchObject({ within: run });
    expect(innermost).toMatchObject({ STS_TRAY_RUN_AROUND: run });
  });

  it('an exec without the guard leaves what the run around it is for behind, also for what it starts', async () => {
    expect(await marksIn(ofRun, '--no-guard')).toMatchObject({ STS_TRAY_RUN: undefined, STS_TRAY_RUN_AROUND: undefined });
    expect(await marksIn({ PATH: process.env['PATH'], STS_TRAY_RUN_AROUND: run }, '--no-guard')).toMatchObject({ STS_TRAY_RUN_AROUND: undefined });
    expect(rig.asked.at(-1)?.fields).not.toHaveProperty('within');
  });

  it('the run of an exec itself is the one around what it starts', async () => {
    await marksIn({ PATH: process.env['PATH'], STS_TRAY_RUN: run, STS_TRAY_RUN_AROUND: '3f0c1d2e-0000-4000-8000-00000000000b' });
    expect(rig.asked.at(-1)?.fields).toMatchObject({ within: run });
  });
});
