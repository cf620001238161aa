import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import type { View } from '../../src-main/contract/ipc.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { writeCommands } from '../../testing/app/commands-in-home.ts';
import { PersonInChromium } from '../../testing/app/person-in-chromium.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { Screens } from '../../testing/appearance/screens.ts';
import { desktopOf, themedWindow, variants } from '../../testing/appearance/variants.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';

// The windows while somebody signs in with the browser, and what the panel says of it after that.

const missing = [...(findProgram('chromium') === null ? ['chromium'] : []), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

for (const variant of variants) {
  const { language, theme, ui } = variant;
  const screens = new Screens(variant);
  let rig: AppRig;
  let app: RunningApp;
  let person: PersonInChromium;
  const windowOf = (view: View) => themedWindow(app, view);
  const isClosed = () => expect.poll(() => app.openViews()).not.toContain('sign-in');

  /** A program called terraform that waits for credentials. */
  async function startTerraform(profile: string): Promise<void> {
    const folder = join(rig.home, 'work', 'network');
    await mkdir(folder, { recursive: true });
    const program = join(rig.home, 'bin', 'terraform');
    await writeFile(program, `#!/bin/sh\n'${join(rig.home, 'bin', 'sts-tray')}' credential-process ${profile}\nexit $?\n`, { mode: 0o755 });
    spawn(program, ['plan'], { cwd: folder, env: rig.env, stdio: 'ignore' });
  }

  test.describe(`${language}, ${theme}`, () => {
    test.describe.configure({ mode: 'serial' });

    test.beforeAll(async () => {
      rig = await AppRig.start({ desktop: { ...desktopOf(variant), keyring: 'unlocked' } });
      person = await PersonInChromium.start(join(rig.home, 'browser'));
      const { alice, startUrl } = rig.aws;
      const ofPortal = (profile: string, account: string) =>
        `[profile ${profile}]\nsso_session = corp\nsso_account_id = ${account}\nsso_role_name = AdministratorAccess\nregion = us-east-1\n`;
      const entries = [
        `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`,
        ofPortal('dev', '111111111111'),
        ofPortal('stg', '222222222222'),
        `[profile sandbox]\nlogin_session = ${alice.arn}\nregion = us-east-1\n`,
      ];
      await writeFile(rig.awsFiles.config, entries.join('\n'), { mode: 0o600 });
      await writeFile(rig.awsFiles.credentials, '', { mode: 0o600 });
      await writeCommands(rig);
      app = await rig.startApp({ env: { PATH: person.path(process.env['PATH']) } });
    });
    test.afterAll(async () => {
      await person.close();
      await rig.close();
    });

    test('a program waits for the browser, or for another device, whose page shows the code of the window', async () => {
      await startTerraform('dev');
      const window = await windowOf('sign-in');
      await expect(window.getByRole('button', { name: ui.signIn.openAgain })).toBeVisible();
      await expect(window.getByText('terraform plan')).toBeVisible();
      await screens.look(window, 'sign-in-browser');
      await window.getByRole('button', { name: ui.signIn.elsewhere }).click();
      await expect(window.getByText(ui.signIn.elsewhereCompare)).toBeVisible();
      await screens.look(window, 'sign-in-code');
      await window.getByRole('button', { name: ui.mfa.cancel }).click();
      await isClosed();
    });

    test('the panel says who is signed in, for how long and for which profiles', async () => {
      await person.passesOver();
      const signedIn = runStsTray(rig, ['login', 'sandbox']);
      await person.answers(rig.aws.alice.arn);
      expect((await signedIn).exitCode).toBe(0);
      await runStsTray(rig, []);
      const panel = await windowOf('panel');
      // Somebody cancelled it a moment ago, so a program would be refused.
      await panel.getByRole('button', { name: ui.signIn.signInTo.replace('{{name}}', 'corp') }).click();
      await person.answers('sato');
      await isClosed();
      expect((await runStsTray(rig, ['login', 'dev'])).exitCode).toBe(0);
      await expect(panel.getByRole('heading', { name: ui.signIn.signedIn.replace('{{name}}', 'corp') })).toBeVisible();
      await expect(panel.getByTitle(rig.aws.alice.arn)).toBeVisible();
      await screens.look(panel, 'panel-sign-ins');
    });

    test('somebody else who signs in is put to the person, with both accounts as they are marked', async () => {
      await runStsTray(rig, ['account', '222222222222', '--name', 'shop', '--colour', 'orange']);
      await runStsTray(rig, ['sign-out', 'sandbox']);
      await startTerraform('sandbox');
      await person.answers(rig.aws.bob.arn);
      const window = await windowOf('sign-in');
      await expect(window.getByText('shop')).toBeVisible();
      await screens.look(window, 'sign-in-identity');
      const keep = window.getByRole('button', { name: ui.signIn.keepBefore });
      // In its first moments the window takes no click, since one may have been meant for what was there before.
      await expect(async () => {
        await keep.click();
        await expect(keep).toBeHidden({ timeout: 500 });
      }).toPass();
      await expect(window.getByRole('alert')).toContainText(rig.aws.bob.arn);
    });
  });
}
