import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'playwright/test';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import { timePasses } from '../../testing/processes/deadline.ts';
import { closeByEscape, type RunningApp } from '../../testing/app/running-app.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The panel with as many profiles as a large organisation has, with only the keyboard.

test.describe.configure({ mode: 'serial' });
test.skip(...skipsWithoutDesktop());

const roles = 5_000;

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  const many = Array.from({ length: roles }, (_, index) => roleProfile(`team-${index}`, String(400_000_000_000 + index), `Operator${index % 7}`));
  const config = await readFile(rig.awsFiles.config, 'utf8');
  await writeFile(
    rig.awsFiles.config,
    `${config}\n${many.join('')}[profile deploy]\nrole_arn = ${rig.aws.accounts.b.deployRoleArn}\nsource_profile = default\n`,
  );
  app = await rig.startApp({ args: [] });
});
test.afterAll(async () => {
  await rig.close();
});

const panelOf = () => app.window('panel');
const finder = async () => (await panelOf()).getByRole('searchbox', { name: 'Find profile' });

test('thousands of profiles are one list, of which only the rows in view are drawn', async () => {
  const panel = await panelOf();
  await expect(panel.getByRole('article', { name: 'team-0', exact: true })).toBeVisible();
  expect(await panel.getByRole('article').count()).toBeLessThan(60);
  await panel.getByRole('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
  await expect(panel.getByRole('article', { name: 'deploy', exact: true })).toBeVisible();
});

test('what is typed anywhere finds by account ID, in groups too, and by role', async () => {
  const panel = await panelOf();
  await panel.keyboard.type('4000 0000 4321');
  await expect(await finder()).toHaveValue('4000 0000 4321');
  await expect(panel.getByRole('article')).toHaveCount(1);
  await expect(panel.getByRole('article', { name: 'team-4321' })).toBeVisible();
  await expect(panel.getByRole('status').filter({ hasText: 'Profiles found: 1' })).toBeAttached();

  await panel.keyboard.press('Escape');
  await panel.keyboard.type('operator3 team-10');
  await expect(panel.getByRole('article', { name: 'team-10', exact: true })).toBeVisible();
  await panel.keyboard.press('Escape');
  await expect(await finder()).toHaveValue('');
});

test('a search without a hit says so and shows all again', async () => {
  const panel = await panelOf();
  await panel.keyboard.press('Control+F');
  await panel.keyboard.type('no such thing');
  await expect(panel.getByText('No profile has “no such thing”')).toBeVisible();
  await panel.getByRole('main').getByRole('button', { name: 'Show all' }).last().press('Enter');
  await expect(await finder()).toHaveValue('');
});

test('Enter starts the session of the best hit, which is marked, and then opens the same account’s terminal', async () => {
  const panel = await panelOf();
  await (await finder()).fill('default');
  await expect(panel.getByRole('status').filter({ hasText: 'Enter: Start session, default' })).toBeVisible();
  await panel.keyboard.press('Enter');
  await rig.submitCode(await app.window('mfa'));
  await expect(panel.getByRole('article', { name: 'default' }).getByRole('timer')).toBeVisible();
  await expect(panel.getByText('Session started: default, 8 h')).toBeAttached();
  // A live session is a hit as well, before others that match no better.
  await (await finder()).fill('def');
  await expect(panel.getByRole('status').filter({ hasText: 'Enter: Open terminal, default' })).toBeVisible();
  await expect(panel.getByRole('article').first()).toHaveAccessibleName('default');
  await (await finder()).fill('');
});

test('the account ID is copied as twelve digits', async () => {
  const panel = await panelOf();
  await panel.getByRole('article', { name: 'default' }).getByRole('button', { name: 'Copy account ID' }).click();
  await expect(panel.getByRole('button', { name: 'Account ID copied' })).toBeVisible();
  await expect.poll(() => rig.desktop.clipboard.readText()).toBe('111111111111');
});

test('each action has a key, which its button and a sheet tell', async () => {
  const panel = await panelOf();
  const card = panel.getByRole('article', { name: 'default' });
  await expect(card.getByRole('button', { name: 'Copy exports' })).toHaveAttribute('aria-keyshortcuts', 'Control+E');
  await panel.keyboard.press('Control+/');
  const sheet = panel.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Ctrl+E')).toBeVisible();
  await panel.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);

  await panel.keyboard.press('Control+E');
  const toast = panel.getByRole('status').filter({ hasText: 'Exports copied' });
  await expect(toast).toBeVisible();
  // It leaves by itself, but not under the pointer.
  await panel.getByText('Exports copied').hover();
  await timePasses(5_500);
  await expect(toast).toBeVisible();
  await panel.getByRole('heading', { name: 'Sessions' }).hover();
  await expect(toast).toHaveCount(0, { timeout: 8_000 });
});

test('a session is not ended by a key while its card has no focus', async () => {
  const panel = await panelOf();
  const card = panel.getByRole('article', { name: 'default' });
  await (await finder()).focus();
  await panel.keyboard.press('Control+D');
  await expect(card.getByRole('timer')).toBeVisible();
});

test('an account is marked as production, which panel and prompt say in words', async () => {
  const panel = await panelOf();
  const card = panel.getByRole('article', { name: 'default' });
  await card.getByRole('button', { name: 'More actions' }).press('Enter');
  // The menu takes the focus once it is open; a key pressed before that would be lost.
  await expect(panel.getByRole('menu')).toBeFocused();
  await panel.keyboard.press('End');
  await panel.keyboard.press('ArrowUp');
  await expect(panel.getByRole('menuitem', { name: 'Account color & production…' })).toBeFocused();
  await panel.keyboard.press('Enter');
  const dialog = panel.getByRole('dialog', { name: 'Account color & production' });
  await dialog.getByRole('switch', { name: 'Production account' }).press('Space');
  await dialog.getByRole('radio', { name: 'Pink' }).check();
  await panel.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(card.getByText('Production')).toBeVisible();

  // Nothing is opened into production unseen: the first press only goes there.
  await (await finder()).focus();
  await panel.keyboard.press('Control+R');
  await expect(card.getByRole('button', { name: 'Open terminal: default' })).toBeFocused();
  await panel.keyboard.press('Control+R');
  const mfa = await app.window('mfa');
  await expect(mfa.getByRole('main').getByText('Production', { exact: true })).toBeVisible();
  await closeByEscape(mfa);
});

test('an account is named in the settings too, where Escape closes its dialog before the window', async () => {
  await (await panelOf()).getByRole('button', { name: 'Settings' }).click();
  const settings = await app.window('settings');
  await settings
    .getByRole('button', { name: /^Edit / })
    .first()
    .click();
  const dialog = settings.getByRole('dialog', { name: 'Account color & production' });
  const field = dialog.getByRole('textbox', { name: 'Name' });
  await field.fill('day-job');
  await field.press('Enter');
  await expect(dialog.getByText('day-job')).toBeVisible();
  await settings.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(settings.getByRole('button', { name: 'Edit day-job…' })).toBeVisible();
  await closeByEscape(settings);
});

test('favourites stand on top and are there after a restart, with what was used last', async () => {
  const panel = await panelOf();
  await (await finder()).fill('team-4000');
  await panel.getByRole('article', { name: 'team-4000' }).getByRole('button', { name: 'Favorite' }).press('Enter');
  await expect(panel.getByRole('button', { name: 'Favorite', pressed: true })).toBeVisible();
  await expect.poll(async () => readFile(`${rig.dataFolder}/settings.json`, 'utf8')).toContain('"team-4000"');
  await app.close();

  app = await rig.startApp({ args: [] });
  const again = await panelOf();
  await expect(again.getByRole('heading', { name: 'Favorites' })).toBeVisible();
  await expect(again.getByRole('heading', { name: 'Recent' })).toBeVisible();
  await expect(again.getByRole('article').nth(0)).toHaveAccessibleName('team-4000');
  await expect(again.getByRole('article').nth(1)).toHaveAccessibleName('default');
  await expect(again.getByRole('article', { name: 'default' })).toContainText('111111111111');
});

function roleProfile(name: string, accountId: string, role: string): string {
  return `[profile ${name}]\nrole_arn = arn:aws:iam::${accountId}:role/${role}\nsource_profile = default\n`;
}
