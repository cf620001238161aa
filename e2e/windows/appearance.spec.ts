import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import type { View } from '../../src-main/contract/ipc.ts';
import { flawsOf } from '../../testing/appearance/flaws.ts';
import { Screens } from '../../testing/appearance/screens.ts';
import { desktopOf, themedWindow, variants } from '../../testing/appearance/variants.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import { VirtualMfaDevice } from '../../testing/aws/identities/mfa-device.ts';
import { closeByButton, type RunningApp } from '../../testing/app/running-app.ts';
import { chooseInMenu } from '../../testing/app/sessions.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// Each window in each state that a user meets, in both languages and themes, as two desktops go through the real flow.

test.skip(...skipsWithoutDesktop());

/** By theme and state. */
const icons = new Map<string, string>();

for (const variant of variants) {
  const { language, theme, ui, tray } = variant;
  test.describe(`${language}, ${theme}`, () => {
    test.describe.configure({ mode: 'serial' });

    const screens = new Screens(variant);
    let rig: AppRig;
    let app: RunningApp;

    test.beforeAll(async () => {
      rig = await AppRig.start({ desktop: { ...desktopOf(variant), keyring: 'unlocked' } });
      await Promise.all(Object.values(rig.awsFiles).map((file) => rm(file)));
      await mkdir(rig.dataFolder, { recursive: true });
      const accounts = { [rig.aws.accounts.b.accountId]: { alias: 'example-stg', color: null, production: false } };
      await writeFile(join(rig.dataFolder, 'settings.json'), JSON.stringify({ accounts }));
      app = await rig.startApp();
    });
    test.afterAll(async () => {
      await rig.close();
    });

    const windowOf = (view: View) => themedWindow(app, view);
    const look = (page: Page, name: string) => screens.look(page, name);

    /** Also remembers the icon, for the comparison at the end. */
    async function lookAtTray(state: string): Promise<void> {
      await screens.ofTray(rig.desktop, `tray-${state}`);
      icons.set(`${theme} ${state}`, (await app.tray.icon()).sha256);
    }

    async function writeCredentials(more: string): Promise<void> {
      const { accessKeyId, secretAccessKey } = rig.aws.alice;
      const key = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
      await writeFile(rig.awsFiles.credentials, `[default]\n${key}\n[stg]\n${key}\n${more}`, { mode: 0o600 });
    }

    const card = async (profile: string) => (await windowOf('panel')).getByRole('article', { name: profile });

    async function markAsProduction(production: boolean): Promise<void> {
      const panel = await windowOf('panel');
      const marks = { accountId: '111111111111', name: production ? 'example-prod' : null, color: null, production };
      await panel.evaluate((marked) => window.stsTray.setAccount(marked), marks);
    }

    async function openPrompt(profile: string, button: string): Promise<Page> {
      await (await card(profile)).getByRole('button', { name: button }).click();
      return windowOf('mfa');
    }

    async function renewDefault(): Promise<Page> {
      await chooseInMenu(await windowOf('panel'), 'default', { more: ui.session.more, item: ui.session.renew });
      return windowOf('mfa');
    }

    const cancel = (mfa: Page) => closeByButton(mfa, ui.mfa.cancel);

    test('the panel follows the theme of the desktop, and without AWS files says what to do', async () => {
      await lookAtTray('none');
      await rig.desktop.clickTrayIcon();
      const panel = await windowOf('panel');
      await expect(panel.getByRole('heading', { name: ui.empty.heading })).toBeVisible();

      expect(await panel.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(theme === 'dark');
      expect(await panel.evaluate(() => document.documentElement.lang)).toBe(language);
      await look(panel, 'panel-empty');
    });

    test('what is wrong in the AWS files stands beside the profiles that could be read', async () => {
      await writeCredentials('this is no setting\n\n[half]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n');
      await expect(await card('stg')).toBeVisible();
      await look(await windowOf('panel'), 'panel-problem');
      await writeCredentials('[prod]\naws_access_key_id = A\naws_secret_access_key = B\n');
      await expect(await card('prod')).toBeVisible();
    });

    test('the MFA prompt says whose code it asks for, and why it did not work', async () => {
      const mfa = await openPrompt('default', ui.session.start);
      const input = mfa.getByRole('textbox', { name: ui.mfa.code });
      await expect(mfa.getByRole('region', { name: ui.mfa.identity })).toContainText('111111111111');
      await expect(mfa.getByTitle(rig.aws.alice.mfaSerial)).toBeVisible();
      await look(mfa, 'mfa-code');
      await look(await windowOf('panel'), 'panel-awaiting');

      const held = rig.aws.faults.hold('sts:GetSessionToken');
      await input.fill('000000');
      await expect(input).toBeDisabled();
      await look(mfa, 'mfa-starting');
      held.release();
      await expect(mfa.getByRole('alert')).toContainText(rig.aws.alice.mfaSerial);
      await look(mfa, 'mfa-refused');

      rig.aws.faults.set('sts:GetSessionToken', { kind: 'dropped' });
      await input.fill('000001');
      await expect(mfa.getByRole('alert')).toContainText('ECONNRESET');
      await look(mfa, 'mfa-unreachable');
      rig.aws.faults.clear();
    });

    test('the panel shows an active session before the profiles that have none', async () => {
      const code = await rig.aws.nextTotpCode();
      const mfa = await windowOf('mfa');
      await mfa.getByRole('textbox', { name: ui.mfa.code }).fill(code);
      await expect((await card('default')).getByRole('timer')).toBeVisible();
      await look(await windowOf('panel'), 'panel-active');
      await lookAtTray('active');

      const renewal = await renewDefault();
      await renewal.getByRole('textbox', { name: ui.mfa.code }).fill(code);
      await expect(renewal.getByRole('alert')).toBeVisible();
      await expect(renewal.getByRole('textbox', { name: ui.mfa.code })).toHaveValue('');
      await look(renewal, 'mfa-used');
      await cancel(renewal);
    });

    test('the sheet of shortcuts lists every key', async () => {
      const panel = await windowOf('panel');
      await panel.getByRole('button', { name: ui.shortcuts.title }).click();
      await expect(panel.getByRole('dialog').getByText('Ctrl+W')).toBeVisible();
      await look(panel, 'panel-shortcuts');
      await panel.keyboard.press('Escape');
      await expect(panel.getByRole('dialog')).toHaveCount(0);
    });

    test('a production account colours panel, prompt and tray, and says so in words', async () => {
      const panel = await windowOf('panel');
      await markAsProduction(true);
      await expect((await card('default')).getByText(ui.account.production)).toBeVisible();
      await look(panel, 'panel-production');
      await lookAtTray('production');
      const renewal = await renewDefault();
      await expect(renewal.getByRole('main').getByText(ui.account.production, { exact: true })).toBeVisible();
      await look(renewal, 'mfa-production');
      await cancel(renewal);
      await markAsProduction(false);
    });

    test('a Terraform project shows where each of its providers leads', async () => {
      const panel = await windowOf('panel');
      const folder = join(rig.home, 'network');
      await mkdir(folder);
      const provider = (alias: string, lines: string) => `provider "aws" {\n${alias}  region = "eu-central-1"\n${lines}}\n`;
      const role = `  allowed_account_ids = ["222222222222"]\n  assume_role {\n    role_arn = "${rig.aws.accounts.b.deployRoleArn}"\n  }\n`;
      await writeFile(join(folder, 'main.tf'), provider('', role) + provider('  alias = "logs"\n', ''));
      await app.answerFileDialogs(folder);
      await panel.getByRole('button', { name: ui.projects.add }).click();
      await expect(panel.getByRole('article', { name: 'network' }).getByText(ui.verdict.mismatch).first()).toBeVisible();
      await panel.getByRole('heading', { name: ui.projects.heading }).evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
      await look(panel, 'panel-projects');
      await panel.getByRole('button', { name: ui.projects.remove }).click();
    });

    test('the menu opens from the icon in the panel of the desktop', async () => {
      await screens.ofChangedDesktop(rig.desktop, 'tray-menu', () => rig.desktop.clickTrayIcon('right'));
      await rig.desktop.pressKey('Escape');
    });

    test('copied exports are confirmed with the time until the clipboard is cleared', async () => {
      const panel = await windowOf('panel');
      await (await card('default')).getByRole('button', { name: ui.session.otherShells }).click();
      await expect(panel.getByRole('menuitem')).toHaveCount(5);
      await look(panel, 'panel-shells');
      await panel.getByRole('menuitem', { name: 'fish' }).click();
      await expect(panel.getByRole('status')).toContainText('fish');
      // It would leave by itself meanwhile.
      await panel.getByRole('button', { name: ui.notice.dismiss, exact: true }).focus();
      await look(panel, 'panel-copied');
      await panel.getByRole('button', { name: ui.notice.dismiss, exact: true }).click();
    });

    test('the MFA device can be chosen, or typed where it may not be looked up', async () => {
      const { alice } = rig.aws;
      alice.mfaDevices.push(new VirtualMfaDevice(`${alice.mfaSerial}-telephone`, 'telephone', Date.now));
      const choice = await openPrompt('stg', ui.session.start);
      await expect(choice.getByRole('radio')).toHaveCount(2);
      await look(choice, 'mfa-choice');
      await cancel(choice);

      alice.deny('iam:ListMFADevices');
      const mfa = await openPrompt('stg', ui.session.start);
      await expect(mfa.getByRole('textbox', { name: ui.mfa.deviceArn })).toBeVisible();
      await look(mfa, 'mfa-device');
      await cancel(mfa);
      alice.deny();
      alice.mfaDevices.pop();
    });

    test('the settings fit into their window', async () => {
      await (await windowOf('panel')).getByRole('button', { name: ui.panel.settings, exact: true }).click();
      const settings = await windowOf('settings');
      await expect(settings.getByRole('switch').first()).toBeVisible();
      await look(settings, 'settings');
      await settings.close();
    });

    test('a session that is about to end, and one that has, look different in panel and tray', async () => {
      rig.aws.sessionLifetimeOverrideSeconds = 16;
      const panel = await windowOf('panel');
      await rig.submitCode(await renewDefault());
      await expect(panel.getByRole('timer')).toHaveText(/^\d+\s?(s|秒)$/);

      await app.tray.waitFor('the icon of a session that is about to end', async (item) => (await item.icon()).sha256 !== icons.get(`${theme} active`), 20_000);
      await look(panel, 'panel-expiring');
      await lookAtTray('expiring');
      await markAsProduction(true);
      await app.tray.waitFor('the badge of production', async (item) => (await item.icon()).sha256 !== icons.get(`${theme} expiring`));
      await lookAtTray('expiring-production');
      await markAsProduction(false);
      const expired = tray['tooltip-expired'].replace('{{profile}}', 'default').replace('{{account}}', '111111111111');
      await app.tray.waitFor('the end of the session', async (item) => (await item.tooltip()) === expired);
      await expect(panel.getByRole('timer')).toHaveCount(0);
      await look(panel, 'panel-expired');
      await lookAtTray('expired');
    });

    test('the search for flaws finds those that are there', async () => {
      const panel = await windowOf('panel');
      await panel.evaluate(() => {
        const [button, word] = [document.createElement('button'), document.createElement('p')];
        button.textContent = 'two lines';
        button.style.width = '4ch';
        word.textContent = 'nowhere-to-break';
        Object.assign(word.style, { color: '#888', background: '#777', width: '5ch', whiteSpace: 'nowrap', overflow: 'hidden' });
        // What a `::before` shows can only be said by a style sheet.
        const [row, fact, sheet] = [document.createElement('div'), document.createElement('span'), new CSSStyleSheet()];
        fact.textContent = 'a fact';
        fact.className = 'dotted';
        row.style.paddingInlineStart = '1px';
        row.append(fact);
        sheet.replaceSync(".dotted::before { content: '·' }");
        document.adoptedStyleSheets.push(sheet);
        document.body.append(button, word, row);
      });
      const flaws = (await flawsOf(panel)).join('\n');
      expect(flaws).toContain('the button “two lines” wraps');
      expect(flaws).toContain('“nowhere-to-break” is wider than its box');
      expect(flaws).toContain('“a fact” shows the dots before its lines');
      expect(flaws).toContain('“nowhere-to-break” has a contrast of 1.');
    });
  });
}

test('the icon in the tray is another one in each state, and no other one in a dark theme: this desktop does not say what its bar looks like', () => {
  expect(icons.size).toBe(12);
  expect(new Set(icons.values()).size).toBe(6);
});
