import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { commandNames, type CommandName } from '../../src-main/contract/command-names.ts';
import { commandSchemas, views, type View } from '../../src-main/contract/ipc.ts';
import { viewCommands } from '../../src-main/core/desktop/window-command.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { junkTaken, powersGained, requestsTaken, sendElsewhere } from '../../testing/app/hostile-page.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { startStsTray } from '../../testing/app/sts-tray.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import { wellFormed } from '../../testing/samples/window-requests.ts';

// Each of the five windows, as if somebody else's script had got into its page.

test.describe.configure({ mode: 'serial' });
test.skip(...skipsWithoutDesktop());

let rig: AppRig;
let app: RunningApp;
let tcp: Server;
let udp: Socket;
/** What reached the servers that no page is to reach. */
const arrived: string[] = [];

test.beforeAll(async () => {
  rig = await AppRig.start();
  app = await rig.startApp({ args: [] });
  await login(rig, 'default');
  tcp = createServer((connection) => {
    arrived.push('a connection');
    connection.on('data', (data) => arrived.push(data.toString('latin1').slice(0, 60))).on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  udp = createSocket('udp4', (message) => void arrived.push(`a datagram of ${message.length} bytes`));
  udp.bind(0, '127.0.0.1');
  await Promise.all([once(tcp, 'listening'), once(udp, 'listening')]);
});
test.afterAll(async () => {
  tcp.close();
  udp.close();
  await rig.close();
});

const opened: Readonly<Record<View, () => Promise<void>>> = {
  panel: () => app.openPanel(),
  'sign-in': async () => {
    await rig.configureAws({ config: `[default]\nregion = us-east-1\n[profile browser]\nregion = us-east-1\nlogin_session = ${rig.aws.alice.arn}\n` });
    void startStsTray(rig, ['login', 'browser']);
  },
  mfa: () => app.tray.clickMenuItem('Renew…'),
  question: async () => void startStsTray(rig, ['rotate', 'default']),
  settings: () => app.tray.clickMenuItem('Settings…'),
};

async function page(view: View): Promise<Page> {
  if (!app.openViews().includes(view)) await opened[view]();
  const shown = await app.window(view);
  await expect(shown.getByRole('button').first()).toBeVisible();
  return shown;
}

const junk = [
  'null',
  '0',
  '"default"',
  '[]',
  '{}',
  '{"__proto__":{"profile":"default"}}',
  '{"constructor":{"prototype":{"profile":"default"}}}',
  '{"profile":{"toString":"default"}}',
  '{"profile":["default"]}',
  '{"profile":"default","extra":1}',
  '[{"profile":"default"}]',
];
/** They take an object without anything in it, so that there is nothing to refuse. */
const withoutRequest: readonly CommandName[] = commandNames.filter((name) => commandSchemas[name].safeParse({}).success);

for (const view of views) {
  test(`somebody else’s script in the window ${view} gets no camera, place, file, device, window, worker or Node`, async () => {
    expect(await (await page(view)).evaluate(powersGained)).toEqual([]);
    expect(app.openViews().filter((open) => !views.some((known) => known === open))).toEqual([]);
  });

  test(`somebody else’s script in the window ${view} can send no command of another window, and no malformed one of its own`, async () => {
    const shown = await page(view);
    const before = await shown.evaluate(() => window.stsTray.readUiState());
    const others = wellFormed.filter(({ name }) => !viewCommands[view].includes(name));
    expect(others.length).toBeGreaterThan(5);
    expect(await shown.evaluate(requestsTaken, others)).toEqual([]);
    // Its address is the page’s to change, and says nothing of who it is.
    await shown.evaluate(() => history.replaceState(null, '', '?view=question'));
    expect(await shown.evaluate(requestsTaken, others)).toEqual([]);
    await shown.evaluate((own) => history.replaceState(null, '', `?view=${own}`), view);
    const names = commandNames.filter((name) => !withoutRequest.includes(name));
    expect(await shown.evaluate(junkTaken, { names, junk })).toEqual([]);
    expect(await shown.evaluate(() => window.stsTray.readUiState())).toEqual(before);
  });

  test(`somebody else’s script in the window ${view} sends nothing out of it, and leads it nowhere`, async () => {
    const shown = await page(view);
    const address = shown.url();
    const ports = { tcp: (tcp.address() as AddressInfo).port, udp: udp.address().port };
    await shown.evaluate(sendElsewhere, ports);
    expect(arrived).toEqual([]);
    // A page may always empty itself, and `about:blank` is no more than that; it has no command either, see below.
    const files = [
      'file:///etc/hostname',
      'sts-tray://app/..%2f..%2fpackage.json',
      'sts-tray://app/../main/main.cjs',
      'sts-tray://elsewhere/index.html',
      'javascript:void(document.title=1)',
      'data:text/html,x',
      'devtools://devtools/bundled/inspector.html',
      'chrome://gpu',
    ];
    for (const file of files) await shown.evaluate((to) => window.location.assign(to), file).catch(() => undefined);
    await drop(shown, 'file:///etc/hostname', ['/etc/hostname']);
    await drop(shown, 'https://example.com/', []);
    expect(shown.url()).toBe(address);
    expect(await shown.evaluate(() => document.querySelector('#root') !== null)).toBe(true);
  });
}

/** Drags an address and files over the page, and lets go of them. */
async function drop(shown: Page, address: string, files: readonly string[]): Promise<void> {
  const devtools = await shown.context().newCDPSession(shown);
  const data = { items: [{ mimeType: 'text/uri-list', data: address }], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await devtools.send('Input.dispatchDragEvent', { type, x: 50, y: 50, data });
  await devtools.detach();
}

test('the servers that nobody reached do hear who reaches them', async () => {
  const { port } = tcp.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(300) }).catch(() => undefined);
  createSocket('udp4').send('x', udp.address().port, '127.0.0.1');
  await expect.poll(() => arrived.some((what) => what.startsWith('a datagram'))).toBe(true);
  expect(arrived).toContain('a connection');
});

test('the app’s own scheme gives a window the built pages, and no file outside their folder', async () => {
  expect(await app.answerTo('sts-tray://app/index.html')).toBe(200);
  for (const path of [
    '../main/main.cjs',
    '..%2fmain%2fmain.cjs',
    '..%2f..%2fpackage.json',
    // Of a kind that the pages have too.
    '../../assets/icon.svg',
    '..%2f..%2fassets%2ficon.svg',
    '%2e%2e/%2e%2e/assets/icon.svg',
    '%2e%2e/%2e%2e/package.json',
    '..%5c..%5cpackage.json',
    '/etc/hostname',
    '%00index.html',
    'index.html%00.js',
    '%',
    '%ff',
    '',
  ]) {
    expect([path, await app.answerTo(`sts-tray://app/${path}`)]).not.toEqual([path, 200]);
  }
  for (const url of ['sts-tray://elsewhere/index.html', 'sts-tray://app.example/index.html', 'sts-tray://app@elsewhere/index.html']) {
    expect([url, await app.answerTo(url)]).not.toEqual([url, 200]);
  }
});

// Last, since the window is lost to the app afterwards.
test('a page of another origin in a window of the app gets neither the state nor a command', async () => {
  // A new one: Playwright takes those that were led elsewhere in vain for still on their way.
  if (app.openViews().includes('settings')) await (await app.window('settings')).close();
  await page('settings');
  await app.loadInto('settings', 'about:blank');
  const blank = () => app.windows().find((each) => each.url() === 'about:blank');
  await expect.poll(() => blank() !== undefined).toBe(true);
  const lost = blank();
  const tried = await lost?.evaluate(async () => {
    const asked = [window.stsTray.readUiState(), window.stsTray.changeSettings({ theme: 'dark' })];
    return (await Promise.allSettled(asked)).map((answer) => (answer.status === 'rejected' ? String(answer.reason) : 'taken'));
  });
  expect(tried).toHaveLength(2);
  for (const answer of tried ?? []) expect(answer).toContain('refused: not a window of this app');
});
