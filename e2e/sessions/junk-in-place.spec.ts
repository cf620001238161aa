import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { AppRig } from '../../testing/app/app-rig.ts';
import { heldSessions, login } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { junkInPlace } from '../../testing/samples/junk-in-place.ts';

const own = [
  'settings.json',
  'ledger.jsonl',
  'vault/sessions',
  'vault/access-keys',
  'vault/new-access-keys',
  'terminals/relay.json',
  'logs/main.log',
  'logs/main.old.log',
];

let rig: AppRig;
test.afterEach(() => rig.close());

test('an app whose own files are all FIFOs, folders or junk starts, says what it set aside, and works', async () => {
  rig = await AppRig.start({ desktop: { keyring: 'unlocked' } });
  for (const what of ['a FIFO', 'a folder', 'random bytes', '50 MB']) {
    await rm(rig.dataFolder, { recursive: true, force: true });
    rig.aws.forgetUsedCodes();
    const junk = junkInPlace.find((each) => each.what === what);
    for (const name of own) junk?.put(join(rig.dataFolder, name));
    const app = await rig.startApp({ args: [] });
    const panel = await app.window('panel');
    await expect(panel.getByText('Not all of the settings could be read')).toBeVisible();
    expect(readdirSync(rig.dataFolder)).toContain('settings.json.unreadable');
    await login(rig, 'default');
    expect(await heldSessions(rig)).toHaveLength(1);
    const { stdout, stderr } = await runStsTray(rig, ['history']);
    expect(`${stdout}${stderr}`, what).toContain(what === 'random bytes' || what === '50 MB' ? 'alice' : 'ledger.jsonl');
    await app.close();
  }
});

test('an app whose socket has no place, since a file, a FIFO or a link is there, starts and says so, and the command line neither waits nor asks anybody', async () => {
  rig = await AppRig.start();
  for (const [place, what] of [
    ['run', 'random bytes'],
    ['run', 'a link to a device without an end'],
    ['run/api.sock', 'a FIFO'],
    ['run/api.sock', 'a folder'],
  ] as const) {
    await rm(rig.dataFolder, { recursive: true, force: true });
    junkInPlace.find((each) => each.what === what)?.put(join(rig.dataFolder, place));
    const app = await rig.startApp({ args: [] });
    const panel = await app.window('panel');
    await expect(panel.getByText(join(rig.dataFolder, 'run', 'api.sock'))).toBeVisible();
    await rig.startSession(app);
    const asked = performance.now();
    const ran = await runStsTray(rig, ['status']);
    expect(ran.exitCode, `${what} at ${place}`).not.toBe(0);
    expect(ran.stderr, `${what} at ${place}`).toMatch(/^sts-tray: .+\.\n$/);
    expect(performance.now() - asked).toBeLessThan(10_000);
    rig.aws.forgetUsedCodes();
    await app.close();
  }
});
