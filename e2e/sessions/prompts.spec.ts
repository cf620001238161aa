import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'playwright/test';
import { closeByButton, type RunningApp } from '../../testing/app/running-app.ts';
import { timePasses } from '../../testing/processes/deadline.ts';
import { startStsTray } from '../../testing/app/sts-tray.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// Programs that wait for different profiles: one window after the other.

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  const { credentials } = rig.awsFiles;
  const text = await readFile(credentials, 'utf8');
  await writeFile(credentials, `${text}\n${text.replace('[default]', '[other]')}`);
});
test.afterAll(() => rig.close());
test.beforeEach(async () => {
  app = await rig.startApp();
});
test.afterEach(() => app.close());

test('answering the prompt of one profile opens that of the next, and cancels nothing', async () => {
  const first = startStsTray(rig, ['credential-process', 'default']);
  const mfa = await app.window('mfa');
  const second = startStsTray(rig, ['credential-process', 'other']);
  await expect(mfa.getByRole('region', { name: 'Requested by' })).toBeVisible();
  await rig.submitCode(mfa);
  expect((await first.ended).exitCode).toBe(0);

  await expect.poll(() => app.timesOpened('mfa')).toBe(2);
  const next = await app.window('mfa');
  await expect(next.getByRole('heading', { level: 1 })).toHaveText('Start session other');
  await rig.submitCode(next);
  expect((await second.ended).exitCode).toBe(0);
});

test('the prompt names who is asked in the place of AWS, and its window is as high as what it shows', async () => {
  const asked = startStsTray(rig, ['credential-process', 'default']);
  const mfa = await app.window('mfa');
  await expect(mfa.getByRole('region', { name: 'Connection to AWS' })).toHaveText(`Connects to ${rig.aws.endpoint}, not AWS`);
  // The window is as high as that, and has no room for what may never come.
  const beyond = () => mfa.evaluate(() => window.innerHeight - (document.querySelector('main')?.getBoundingClientRect().height ?? 0));
  await expect.poll(async () => Math.abs(Math.trunc(await beyond()))).toBe(0);
  await mfa.getByRole('textbox', { name: 'MFA code' }).press('Enter');
  await expect(mfa.getByRole('alert')).toHaveText('Enter all six digits.');
  await expect(mfa.getByRole('textbox', { name: 'MFA code' })).toHaveAttribute('aria-invalid', 'true');
  await expect.poll(async () => Math.abs(Math.trunc(await beyond()))).toBe(0);
  await closeByButton(mfa, 'Cancel');
  expect((await asked.ended).exitCode).toBe(4);
});

test('quitting while programs wait for two prompts ends the app and tells both', async () => {
  const waiting = ['default', 'other'].map((profile) => startStsTray(rig, ['credential-process', profile]));
  await app.window('mfa');
  // Nothing shows that the second program has asked too, so this gives it time.
  await timePasses(1000);
  process.kill(app.pid, 'SIGTERM');
  for (const { ended } of waiting) {
    const { exitCode, stderr } = await ended;
    expect(stderr).toContain('STS Tray is quitting.');
    expect(exitCode).toBe(1);
  }
});

test('a prompt that is open when the screen gets smaller comes inside of it, and still takes its code', async () => {
  const small = await AppRig.start({ desktop: { display: 'resizable', size: { width: 1280, height: 960 } } });
  try {
    const started = await small.startApp();
    const mfa = await small.openPrompt(started);
    const prompt = await small.desktop.waitForWindow(/MFA code/);
    const area = async () => (await small.desktop.windows()).find(({ id }) => id === prompt.id)?.framedArea;
    await small.desktop.move(prompt, { x: 880, y: 560 });
    await expect.poll(async () => (await area())?.x).toBeGreaterThan(800);

    await small.desktop.resizeScreen({ width: 800, height: 600 });
    const place = async () => {
      const { x = 0, y = 0, width = 0, height = 0 } = (await area()) ?? {};
      const isInside = width > 0 && x >= 0 && y >= 0 && x + width <= 800 && y + height <= 600;
      return isInside ? 'inside' : `${width} × ${height} at ${x}, ${y}`;
    };
    await expect.poll(place).toBe('inside');
    await small.submitCode(mfa);
    await started.tray.waitFor('a session', async (tray) => (await tray.tooltip()).includes(small.aws.accounts.a.accountId));
  } finally {
    await small.close();
  }
});
