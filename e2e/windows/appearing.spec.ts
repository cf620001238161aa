import { expect, test } from 'playwright/test';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import { timePasses } from '../../testing/processes/deadline.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// A window is on the screen once it takes keys: who sees the prompt types the code at once.

test.skip(...skipsWithoutDesktop());

test('the prompt is not on the screen before it takes the digits that are typed', async () => {
  const rig = await AppRig.start();
  try {
    const app = await rig.startApp({ args: [] });
    const panel = await app.window('panel');
    const release = await app.holdFirstStates();
    await panel.getByRole('button', { name: 'Start session' }).press('Enter');
    const mfa = await app.window('mfa');
    await timePasses(1000);
    expect(await app.isOnScreen('mfa')).toBe(false);

    await release();
    await expect.poll(() => app.isOnScreen('mfa')).toBe(true);
    await expect(mfa.getByRole('textbox', { name: 'MFA code' })).toBeFocused();
    await rig.desktop.focus(await rig.desktop.waitForWindow('MFA code · STS Tray'));
    await rig.desktop.typeText(await rig.aws.nextTotpCode());
    await expect(panel.getByRole('timer')).toBeVisible();
  } finally {
    await rig.close();
  }
});

test('a window whose page never gets a state appears after some seconds all the same', async () => {
  const rig = await AppRig.start();
  try {
    const app = await rig.startApp({ args: [] });
    const panel = await app.window('panel');
    await app.holdFirstStates();
    await panel.getByRole('button', { name: 'Settings' }).press('Enter');
    await app.window('settings');
    expect(await app.isOnScreen('settings')).toBe(false);
    await expect.poll(() => app.isOnScreen('settings')).toBe(true);
  } finally {
    await rig.close();
  }
});
