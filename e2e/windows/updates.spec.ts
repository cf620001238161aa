import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { AppRig } from '../../testing/app/app-rig.ts';
import { FakeBrowser } from '../../testing/app/fake-browser.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { makeCertificate } from '../../testing/network/certificate.ts';
import { startFeedServer, type FeedServer } from '../../testing/updates/feed-server.ts';
import { otherBuild } from '../../testing/updates/other-build.ts';
import { nothingHappensFor } from '../../testing/processes/deadline.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import { feedText, makeFeedKey, signedFeed } from '../../testing/updates/signed-feed.ts';

// A newer version is told of where the user wants that, by a feed that the project signed, and nothing is asked before.

test.describe.configure({ mode: 'serial' });
test.skip(...skipsWithoutDesktop());

const key = makeFeedKey();
let folder: string;
let rig: AppRig;
let feed: FeedServer;
let browser: FakeBrowser;
let env: Record<string, string>;
let app: RunningApp;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'updates-'));
  rig = await AppRig.start();
  const certificate = await makeCertificate(['localhost']);
  await writeFile(join(folder, 'ca.pem'), certificate.cert);
  feed = await startFeedServer(certificate);
  feed.answer = (_request, response) => response.end(signedFeed(feedText({ page: page(), versions: ['9.9.9'], signedAt: Date.now() }), key));
  browser = await FakeBrowser.install(join(folder, 'browser'));
  env = { AWS_CA_BUNDLE: join(folder, 'ca.pem'), PATH: browser.path(rig.env['PATH']) };
  await otherBuild(join(folder, 'with-key'), { repository: page(), updateKeys: [key.publicKey] });
  await start('with-key');
});
test.afterAll(async () => {
  await rig.close();
  await feed.close();
  await rm(folder, { recursive: true });
});

const page = () => `${feed.origin}/owner/sts-tray`;
const notes = () => `${page()}/releases/tag/v9.9.9`;
const start = async (build: string): Promise<void> => {
  app = await rig.startApp({ args: [], env, build: join(folder, build) });
};
const openSettings = async (): Promise<Page> => {
  await (await app.window('panel')).getByRole('button', { name: 'Settings' }).click();
  return app.window('settings');
};
const note = async () => (await app.window('panel')).locator('[data-update-note]');
const trayLabels = async () => (await app.tray.menu()).map(({ label }) => label);
const tellSwitch = (settings: Page) => settings.getByRole('switch', { name: 'Tell me about new versions' });

test('with the switch off, as it is at first, nobody is asked and nothing is told', async () => {
  const settings = await openSettings();
  await expect(tellSwitch(settings)).not.toBeChecked();
  await nothingHappensFor(1_000);
  await expect(await note()).toBeHidden();
  expect(feed.connections).toBe(0);
});

test('switched on, the project is asked once, and the panel and the tray tell of the newer version', async () => {
  const settings = await openSettings();
  await tellSwitch(settings).click();
  await expect(await note()).toContainText('Version 9.9.9 is out.');
  await expect(settings.getByText('Version 9.9.9 is out.')).toBeVisible();
  await expect.poll(trayLabels).toContain('Version 9.9.9 is out…');
  expect(feed.requests).toEqual([
    { method: 'GET', url: '/owner/sts-tray/releases/download/update-feed/update-feed.json', headers: { host: new URL(feed.origin).host, connection: 'close' } },
  ]);
});

test('its notes open in the browser, from the panel and from the tray, and so do the pages of the project', async () => {
  await (await note()).getByRole('button', { name: 'What’s new' }).click();
  await expect.poll(() => browser.opened()).toEqual([notes()]);
  await app.tray.clickMenuItem('Version 9.9.9 is out…');
  await expect.poll(() => browser.opened()).toEqual([notes(), notes()]);
  const settings = await openSettings();
  for (const name of ['Project page', 'Documentation', 'Known problems', 'Apache License 2.0']) await settings.getByRole('button', { name }).click();
  const pages = [page(), `${page()}/tree/HEAD/docs`, `${page()}/issues`, `${page()}/blob/HEAD/LICENSE`];
  await expect.poll(async () => (await browser.opened()).slice(2)).toEqual(pages);
  // A page that was taken over could ask for any address.
  for (const url of ['https://evil.example/', `${page()}/../other`, `${page()}.evil.example/`])
    await settings.evaluate(
      (address) => (globalThis as unknown as { stsTray: { openLink: (request: object) => Promise<void> } }).stsTray.openLink({ url: address }),
      url,
    );
  await nothingHappensFor(500);
  expect(await browser.opened()).toHaveLength(6);
});

test('who closes the note is not told of that version again, also after a restart, and the settings still say it', async () => {
  await (await note()).getByRole('button', { name: 'Dismiss' }).click();
  await expect(await note()).toBeHidden();
  await expect.poll(trayLabels).not.toContain('Version 9.9.9 is out…');
  await app.close();
  await start('with-key');
  await expect((await openSettings()).getByText('Version 9.9.9 is out.')).toBeVisible();
  await expect(await note()).toBeHidden();
  expect(feed.requests).toHaveLength(1);
});

test('who asks and gets no answer reads why and what to do, and the version that was known is still in the settings’ file', async () => {
  const settings = await openSettings();
  feed.answer = (_request, response) => response.writeHead(503).end();
  await settings.getByRole('button', { name: 'Check now' }).click();
  await expect(settings.getByText(`${new URL(feed.origin).host} can’t be asked for a new version (HTTP 503).`)).toBeVisible();
  await expect(settings.getByText('Check the network and the proxy, then check again.')).toBeVisible();
  feed.answer = (_request, response) => response.end(signedFeed(feedText({ page: page(), versions: ['9.9.10'], signedAt: Date.now() }), makeFeedKey()));
  await settings.getByRole('button', { name: 'Check now' }).click();
  await expect(settings.getByText('is not signed with a key that this version knows')).toBeVisible();
  await expect(await note()).toBeHidden();
  const stored = JSON.parse(await readFile(join(rig.dataFolder, 'settings.json'), 'utf8')) as { updates: { newest: { version: string } } };
  expect(stored.updates.newest.version).toBe('9.9.9');
});

test('switched off again, nothing is told and nobody is asked by the next start either', async () => {
  await tellSwitch(await openSettings()).click();
  await expect.poll(async () => JSON.parse(await readFile(join(rig.dataFolder, 'settings.json'), 'utf8'))).toMatchObject({ tellUpdates: false });
  await app.close();
  const before = feed.connections;
  await start('with-key');
  await openSettings();
  await nothingHappensFor(1_000);
  await expect(await note()).toBeHidden();
  expect(feed.connections).toBe(before);
});

test('a build without a key says so, has no switch, and asks nobody', async () => {
  await app.close();
  await otherBuild(join(folder, 'without-key'), { repository: page(), updateKeys: [] });
  const before = feed.connections;
  await start('without-key');
  const settings = await openSettings();
  await expect(settings.getByText('This build can’t check for new versions')).toBeVisible();
  await expect(settings.getByText('Up to date')).toHaveCount(0);
  await expect(tellSwitch(settings)).toHaveCount(0);
  await expect(settings.getByRole('button', { name: 'Check now' })).toHaveCount(0);
  await expect(settings.getByRole('button', { name: 'Project page' })).toBeVisible();
  expect(feed.connections).toBe(before);
});
