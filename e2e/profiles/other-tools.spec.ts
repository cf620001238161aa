import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, test } from 'playwright/test';
import { flawsOf } from '../../testing/appearance/flaws.ts';
import { Screens } from '../../testing/appearance/screens.ts';
import { desktopOf, themedWindow, variants } from '../../testing/appearance/variants.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// Somebody who had aws-vault opens the app for the first time. A script stands in for aws-vault, which Debian does not have.

for (const variant of variants) {
  const { language, theme, ui } = variant;
  test(`whoever had aws-vault brings the keys over and starts a session: ${language}, ${theme}`, async () => {
    const rig = await AppRig.start({ desktop: { ...desktopOf(variant), keyring: 'unlocked' } });
    try {
      await Promise.all([
        writeFile(rig.awsFiles.credentials, ''),
        writeFile(rig.awsFiles.config, `[profile base]\nregion = us-east-1\nmfa_serial = ${rig.aws.alice.mfaSerial}\n`),
      ]);
      await mkdir(join(rig.home, '.awsvault'));
      const bin = join(rig.home, 'bin');
      await mkdir(bin);
      const { accessKeyId, secretAccessKey } = rig.aws.alice;
      const key = JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey });
      await writeFile(join(bin, 'aws-vault'), `#!/bin/sh\n[ "$*" = 'export --no-session --format=json base' ] && sleep 1 && echo '${key}'\n`);
      await chmod(join(bin, 'aws-vault'), 0o755);
      const app = await rig.startApp({ args: [], env: { SHELL: '/nonexistent', PATH: [bin, rig.env['PATH']].join(delimiter) } });
      try {
        const screens = new Screens(variant);
        const panel = await themedWindow(app, 'panel');
        const section = panel.getByRole('region', { name: ui.otherTools.heading });
        await expect(section).toContainText(ui.otherTools.awsVault);
        await expect(section.getByText('base')).toBeVisible();
        expect(await flawsOf(panel)).toEqual([]);
        await screens.look(panel, 'other-tools');
        await section.getByRole('button', { name: ui.otherTools.bring }).click();
        const dialog = panel.getByRole('dialog', { name: ui.otherTools.bringTitle });
        await expect(dialog).toContainText('aws-vault export --no-session --format=json base');
        await screens.look(panel, 'other-tools-question');
        await dialog.getByRole('button', { name: ui.otherTools.bringNow }).click();
        await expect(section.getByRole('button', { name: ui.otherTools.bringing })).toBeVisible();
        await expect(panel.getByRole('status')).toContainText('base');
        await screens.look(panel, 'other-tools-done');
      } finally {
        await app.close();
      }
    } finally {
      await rig.close();
    }
  });
}
