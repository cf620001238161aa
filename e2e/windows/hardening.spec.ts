import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { nothingHappensFor } from '../../testing/processes/deadline.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import { checkout, type RunningApp } from '../../testing/app/running-app.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// What a window's page cannot do, even if somebody else's text got into it.

test.describe.configure({ mode: 'serial' });
test.skip(...skipsWithoutDesktop());

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  app = await rig.startApp({ args: [] });
});
test.afterAll(() => rig.close());

/** What happens when the page does it: `done`, or the name of the error. */
const attempts = {
  'take a text as HTML': () => {
    document.createElement('div').innerHTML = '<b>text</b>';
  },
  'make a script out of a text': () => {
    document.createElement('script').text = 'window.made = true';
  },
  'allow itself to do so': () => {
    const { trustedTypes } = window as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => unknown } };
    trustedTypes.createPolicy('default', { createHTML: (text: string) => text });
  },
};

for (const [what, attempt] of Object.entries(attempts)) {
  test(`a window cannot ${what}`, async () => {
    const panel = await app.window('panel');
    await expect(panel.evaluate(attempt)).rejects.toThrow(/TypeError|Trusted/);
  });
}

test('a window makes no guest page of a webview, with whatever attributes', async () => {
  const panel = await app.window('panel');
  const before = app.windows().length;
  const made = await panel.evaluate(async () => {
    const view = document.createElement('webview');
    for (const [name, value] of Object.entries({
      src: 'https://example.com/',
      allowpopups: '',
      nodeintegration: '',
      disablewebsecurity: '',
      preload: 'sts-tray://app/p.js',
    })) {
      try {
        view.setAttribute(name, value);
      } catch {
        // Trusted types refuse it.
      }
    }
    document.body.append(view);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const shape = {
      isPlain: view.constructor === HTMLElement,
      children: view.childNodes.length,
      shadow: view.shadowRoot !== null,
      api: 'getWebContentsId' in view,
    };
    view.remove();
    return shape;
  });
  expect(made).toEqual({ isPlain: true, children: 0, shadow: false, api: false });
  expect(app.windows()).toHaveLength(before);
});

test('the panel says in a line whether its runtime is not the official one', async () => {
  const { kind, version } = JSON.parse(await readFile(join(checkout, '.runtime', 'electron.json'), 'utf8')) as { kind: string; version: string };
  const note = (await app.window('panel')).getByRole('region', { name: 'Runtime' });
  if (kind === 'fallback') await expect(note).toContainText(`Electron ${version}`);
  else await expect(note).toHaveCount(0);
});

// Last, since Playwright goes on to wait for the page that is never loaded.
test('a window stays where it is, in its frames too', async () => {
  const panel = await app.window('panel');
  const address = panel.url();
  await panel.evaluate(() => void (window.location.href = 'https://example.com/'));
  await nothingHappensFor(500);
  expect(panel.url()).toBe(address);
  const loaded = await panel.evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    frame.src = 'sts-tray://app/index.html?view=settings';
    await new Promise((resolve) => setTimeout(resolve, 500));
    try {
      return frame.contentDocument?.querySelector('#root')?.children.length ?? 0;
    } finally {
      frame.remove();
    }
  });
  expect(loaded).toBe(0);
  expect(await panel.evaluate(() => document.querySelector('main') !== null)).toBe(true);
});
