import { spawn } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import type { View } from '../../src-main/contract/ipc.ts';
import { Screens } from '../../testing/appearance/screens.ts';
import { desktopOf, themedWindow, variants } from '../../testing/appearance/variants.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import { answerQuestion } from '../../testing/app/answer-question.ts';
import { checkout, type RunningApp } from '../../testing/app/running-app.ts';
import { launcher } from '../../testing/app/sts-tray.ts';
import { chooseInMenu } from '../../testing/app/sessions.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The windows while programs wait for a code, with role sessions, and with and without a keychain.

test.skip(...skipsWithoutDesktop());

for (const variant of variants) {
  const { language, theme, ui, tray } = variant;
  const screens = new Screens(variant);
  let rig: AppRig;
  let app: RunningApp;
  const windowOf = (view: View) => themedWindow(app, view);
  const card = async (profile: string) => (await windowOf('panel')).getByRole('article', { name: profile, exact: true });
  const inCard = async (profile: string, button: string) => (await card(profile)).getByRole('button', { name: button });

  async function openActions(profile: string): Promise<Page> {
    await (await inCard(profile, ui.session.more)).click();
    const panel = await windowOf('panel');
    await expect(panel.getByRole('menuitem').first()).toBeVisible();
    return panel;
  }

  async function openSettings(): Promise<Page> {
    await (await windowOf('panel')).getByRole('button', { name: ui.panel.settings, exact: true }).click();
    const settings = await windowOf('settings');
    await expect(settings.getByText(ui.settings.storedKeys, { exact: true })).toBeVisible();
    return settings;
  }

  async function refuseCode(mfa: Page): Promise<void> {
    await mfa.getByRole('textbox', { name: ui.mfa.code }).fill('000000');
    await expect(mfa.getByRole('alert')).toContainText(rig.aws.alice.mfaSerial);
  }

  async function submitCode(mfa: Page): Promise<void> {
    const closed = mfa.waitForEvent('close');
    await rig.submitCode(mfa);
    await closed;
  }

  const launched = () =>
    launcher(rig)
      .map((word) => `'${word}'`)
      .join(' ');

  /** Runs a script of the user's that asks for credentials, as Terraform and others do, in a project's folder. */
  async function runScript(name: string, args: readonly string[], { folder, profile }: { readonly folder: string; readonly profile: string }): Promise<void> {
    await startScript(name, `#!/bin/sh\n${launched()} credential-process ${profile}\nexit $?\n`, { folder, args });
  }

  async function startScript(name: string, text: string, { folder, args }: { readonly folder: string; readonly args: readonly string[] }): Promise<void> {
    const [cwd, bin] = [join(rig.home, folder), join(rig.home, 'bin')];
    await Promise.all([cwd, bin].map((path) => mkdir(path, { recursive: true })));
    await writeFile(join(bin, name), text);
    await chmod(join(bin, name), 0o755);
    spawn(join(bin, name), args, { cwd, env: rig.env, stdio: 'ignore' });
  }

  const direct = ui.session.startDirect.replace('{{duration}}', language === 'en' ? '4 h' : '4 時間');
  const waiting = (mfa: Page) => mfa.getByRole('region', { name: ui.mfa.waiting }).getByRole('listitem');

  test.describe(`${language}, ${theme}`, () => {
    test.describe.configure({ mode: 'serial' });

    test.beforeAll(async () => {
      rig = await AppRig.start({ desktop: { ...desktopOf(variant), keyring: 'unlocked' }, aws: { accessKeyAgeDays: 412 } });
      const { b, c } = rig.aws.accounts;
      const role = (name: string, arn: string, more = '') => `\n[profile ${name}]\nrole_arn = ${arn}\nsource_profile = default\n${more}`;
      await rig.configureAws({
        config: role('stg', b.deployRoleArn) + role('prod', c.deployRoleArn, 'duration_seconds = 14400\n') + role('partner', b.partnerRoleArn),
      });
      await mkdir(rig.dataFolder, { recursive: true });
      const accounts = {
        [b.accountId]: { alias: 'example-stg', color: null, production: false },
        [c.accountId]: { alias: 'example-prod', color: null, production: true },
      };
      await writeFile(join(rig.dataFolder, 'settings.json'), JSON.stringify({ accounts }));
      app = await rig.startApp();
    });
    test.afterAll(() => rig.close());

    test('the prompt has room for the programs that wait, and for a code that was refused', async () => {
      await runScript('terraform', ['plan'], { folder: 'work/network', profile: 'default' });
      const mfa = await windowOf('mfa');
      await expect(waiting(mfa)).toHaveCount(1);
      await expect(mfa.getByTitle(rig.aws.alice.mfaSerial)).toBeVisible();
      await screens.look(mfa, 'mfa-program');
      await refuseCode(mfa);
      await screens.look(mfa, 'mfa-program-refused');

      await runScript('rotate-database-passwords', ['nightly'], { folder: 'work/production-eu-central/database-cluster', profile: 'default' });
      await runScript('aws', ['s3'], { folder: 'work/production-eu-central/site', profile: 'stg' });
      await expect(waiting(mfa)).toHaveCount(3);
      await screens.look(mfa, 'mfa-programs');
      for (const name of ['backup', 'packer', 'cdk']) await runScript(name, ['run'], { folder: `work/${name}`, profile: 'prod' });
      await expect(waiting(mfa).last()).toContainText('4');
      await screens.look(mfa, 'mfa-many-programs');
      await submitCode(mfa);
    });

    test('role sessions stand with the session that renews them, and say so in the tray', async () => {
      await app.openPanel();
      const panel = await windowOf('panel');
      await expect((await card('stg')).getByRole('timer')).toBeVisible();
      await expect((await card('prod')).getByRole('timer')).toBeVisible();
      await panel.getByRole('button', { name: ui.ready.close }).click();
      await expect(panel.getByRole('button', { name: ui.ready.close })).toHaveCount(0);
      await screens.look(panel, 'panel-roles');
      await (await card('prod')).scrollIntoViewIfNeeded();
      await screens.look(panel, 'panel-roles-below');
      await screens.look(await openActions('prod'), 'panel-role-actions');
      await expect(panel.getByRole('menuitem', { name: direct })).toBeVisible();
      await panel.keyboard.press('Escape');

      const renewed = (profile: string, account: string) => tray['session-renewed'].replace('{{profile}}', profile).replace('{{account}}', account);
      const labels = (await app.tray.menu()).map(({ label }) => label);
      expect(labels).toContain(renewed('stg', '2222-2222-2222'));
      expect(labels).toContain(renewed(tray.production.replace('{{profile}}', 'prod'), '3333-3333-3333'));
      expect(await app.tray.tooltip()).toContain('default · 111111111111');
      await screens.ofChangedDesktop(rig.desktop, 'tray-roles', () => rig.desktop.clickTrayIcon('right'));
      await rig.desktop.pressKey('Escape');
    });

    test('the account of a run that nobody named is put to the user, with the program, its role and its folder', async () => {
      const { deployRoleArn } = rig.aws.accounts.c;
      const [folder, bin] = ['work/network', join(rig.home, 'bin')];
      const make = `#!${process.execPath} --no-warnings
const { AssumeRoleCommand, STSClient } = require('@aws-sdk/client-sts');
new STSClient().send(new AssumeRoleCommand({ RoleArn: '${deployRoleArn}', RoleSessionName: 'deploy' }));
`;
      await symlink(join(checkout, 'node_modules'), join(bin, 'node_modules'));
      await writeFile(join(bin, 'make'), make);
      await chmod(join(bin, 'make'), 0o755);
      await startScript('deploy', `#!/bin/sh\nPATH='${bin}':"$PATH"\n${launched()} exec default -- make deploy\n`, { folder, args: [] });

      const question = await windowOf('question');
      await expect(question.getByText('~/work/network')).toBeVisible();
      await screens.look(question, 'question');
      await answerQuestion(app, ui.question.refuse);
    });

    test('a menu holds what is rarely done with a profile, and adding it to the AWS files is confirmed', async () => {
      const panel = await windowOf('panel');
      for (const profile of ['prod', 'stg']) await chooseInMenu(panel, profile, { more: ui.session.more, item: ui.session.end });
      await panel.getByRole('button', { name: ui.notice.dismiss, exact: true }).click();
      await (await card('default')).scrollIntoViewIfNeeded();
      await screens.look(await openActions('default'), 'panel-actions');
      await panel.keyboard.press('ArrowDown');
      await screens.look(panel, 'panel-actions-chosen');
      await panel.getByRole('menuitem', { name: ui.actions.install }).click();
      await expect(panel.getByRole('status')).toContainText('default-sts');
      // It would leave by itself meanwhile.
      await panel.getByRole('button', { name: ui.notice.dismiss, exact: true }).focus();
      await screens.look(panel, 'panel-installed');
      await panel.getByRole('button', { name: ui.notice.dismiss, exact: true }).click();
    });

    test('a role that AWS does not give out, and one that may last longer, say why', async () => {
      const panel = await windowOf('panel');
      await (await inCard('partner', ui.session.start)).click();
      await expect(await card('partner')).toContainText(rig.aws.accounts.b.partnerRoleArn);
      await (await card('partner')).scrollIntoViewIfNeeded();
      await screens.look(panel, 'panel-role-failed');

      await (await inCard('prod', direct)).click();
      const mfa = await windowOf('mfa');
      await expect(mfa.getByTitle(rig.aws.alice.mfaSerial)).toBeVisible();
      await screens.look(mfa, 'mfa-role');
      await refuseCode(mfa);
      await screens.look(mfa, 'mfa-role-refused');
      await submitCode(mfa);
      await expect((await card('prod')).getByRole('timer')).toBeVisible();
      await (await card('prod')).scrollIntoViewIfNeeded();
      await screens.look(panel, 'panel-role-code');
    });

    test('what was issued, what it did, its keys and what revoking writes stand in sheets', async () => {
      const panel = await windowOf('panel');
      const sheet = (title: string) => panel.getByRole('dialog', { name: title.replace('{{profile}}', 'default') });
      const closeSheet = async () => {
        await panel.getByRole('dialog').getByRole('button', { name: ui.sheet.close }).click();
        await expect(panel.getByRole('dialog')).toHaveCount(0);
      };
      const open = async (item: string) => {
        await (await card('default')).scrollIntoViewIfNeeded();
        await (await openActions('default')).getByRole('menuitem', { name: item }).click();
      };
      await panel.getByRole('button', { name: ui.history.title }).click();
      await expect(sheet(ui.history.title)).toContainText('terraform plan');
      await screens.look(panel, 'panel-history');
      await closeSheet();
      await open(ui.activity.menu);
      await expect(sheet(ui.activity.title)).toContainText('AssumeRole');
      await screens.look(panel, 'panel-activity');
      await closeSheet();
      await open(ui.accessKeys.menu);
      await expect(sheet(ui.accessKeys.title)).toContainText(rig.aws.alice.accessKeyId);
      await screens.look(panel, 'panel-access-keys');
      await sheet(ui.accessKeys.title).getByRole('button', { name: ui.accessKeys.rotate, exact: true }).click();
      await sheet(ui.accessKeys.title).getByRole('button', { name: ui.accessKeys.rotateNow, exact: true }).click();
      await expect(sheet(ui.accessKeys.title).getByRole('button', { name: ui.accessKeys.deleteOld })).toBeVisible();
      await screens.look(panel, 'panel-rotation');
      await closeSheet();
      await open(ui.revocation.menu);
      await expect(sheet(ui.revocation.title)).toContainText('aws:TokenIssueTime');
      await screens.look(panel, 'panel-revocation');
      await sheet(ui.revocation.title).getByRole('button', { name: ui.revocation.revoke }).click();
      await expect(sheet(ui.revocation.title).getByRole('button', { name: ui.revocation.startNew })).toBeVisible();
      await screens.look(panel, 'panel-revoked');
      await closeSheet();
    });

    test('the report of a problem is there to be read as a whole, with and without masks', async () => {
      const settings = await openSettings();
      await settings.getByRole('button', { name: ui.report.title }).click();
      const panel = await windowOf('panel');
      const sheet = panel.getByRole('dialog', { name: ui.report.title });
      await expect(sheet.getByRole('region', { name: ui.report.text })).toContainText('account-1');
      await screens.look(panel, 'panel-report');
      await sheet.getByRole('switch', { name: ui.report.mask }).click();
      await expect(sheet.getByRole('region', { name: ui.report.text })).toContainText(rig.aws.accounts.a.accountId);
      await sheet.getByRole('region', { name: ui.report.text }).evaluate((text) => text.scrollIntoView({ block: 'end' }));
      await screens.look(panel, 'panel-report-shown');
      await sheet.getByRole('button', { name: ui.sheet.close }).click();
      await settings.close();
    });
  });

  test.describe(`${language}, ${theme}, without a keychain`, () => {
    test.beforeAll(async () => {
      rig = await AppRig.start({ desktop: desktopOf(variant) });
      app = await rig.startApp();
      await app.openPanel();
    });
    test.afterAll(() => rig.close());

    test('the settings say that there is no keychain', async () => {
      await (await inCard('default', ui.session.start)).click();
      await submitCode(await windowOf('mfa'));
      const settings = await openSettings();
      await expect(settings.getByText(ui.settings.sessionsInMemory)).toBeVisible();
      await settings.getByText(ui.settings.storedKeys, { exact: true }).scrollIntoViewIfNeeded();
      await settings.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
      await screens.look(settings, 'settings-no-keychain');
    });
  });

  test.describe(`${language}, ${theme}, with a keychain`, () => {
    test.describe.configure({ mode: 'serial' });

    test.beforeAll(async () => {
      rig = await AppRig.start({ desktop: { ...desktopOf(variant), keyring: 'unlocked' } });
      app = await rig.startApp();
    });
    test.afterAll(() => rig.close());

    test('a key that moved into the keychain is confirmed, and the settings say what it keeps', async () => {
      await app.openPanel();
      await (await inCard('default', ui.session.start)).click();
      await submitCode(await windowOf('mfa'));
      const panel = await openActions('default');
      await panel.getByRole('menuitem', { name: ui.actions.keyToKeychain }).click();
      await expect(panel.getByRole('status')).toContainText(ui.notice.accessKeyInKeychain);
      await screens.look(panel, 'panel-key-moved');
      await screens.look(await openActions('default'), 'panel-keychain-actions');
      await panel.keyboard.press('Escape');

      const settings = await openSettings();
      await expect(settings.getByText(ui.settings.sessionsEncrypted)).toBeVisible();
      await settings.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
      await screens.look(settings, 'settings-keychain');
    });
  });
}
