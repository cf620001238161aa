import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkout } from '../app/running-app.ts';
import { trackedFiles } from './source-tree.ts';

const read = (file: string): string => readFileSync(join(checkout, file), 'utf8');
const sources = trackedFiles(checkout).filter((file) => /^(src-main|src-renderer)\/.*\.(tsx?|html)$/.test(file) && !file.includes('.test.'));
const filesWith = (pattern: RegExp): readonly string[] => sources.filter((file) => pattern.test(read(file)));

/** Preferences, switches and attributes that take away what Chromium and Electron guard by default. */
const loosened = new RegExp(
  [
    ...['webSecurity', 'allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames'],
    ...['allowpopups', 'disablewebsecurity', '<webview', 'disable-web-security', 'allow-running-insecure-content', 'disable-site-isolation'],
    ...['ignore-certificate-errors', 'setCertificateVerifyProc', 'certificate-error', 'enableRemoteModule', 'bypassCSP', 'enable-blink-features'],
    ...['enable-experimental-web-platform-features', 'loadFile\\(', 'file://'],
  ].join('|'),
  'i',
);

/** The rows of the table: the item's number, and the tests as `file`: part of the title. */
const rows = read('docs/trust.md')
  .split('\n')
  .flatMap((line) => {
    const [, number, tests] = /^\| (\d+)\. [^|]+\|[^|]+\| (.+) \|$/.exec(line) ?? [];
    return number === undefined || tests === undefined ? [] : [{ number: Number(number), tests: tests.split('; ') }];
  });

describe('the checklist of Electron’s documentation', () => {
  it('each item of Electron’s checklist has a test in docs/trust.md, which is there under its title', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const missing = rows.flatMap(({ number, tests }) =>
      tests
        .filter((test) => {
          const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(test) ?? [];
          return title === '' || !read(file).includes(title);
        })
        .map((test) => `${number}: ${test}`),
    );
    expect(missing).toEqual([]);
  });

  it('nothing that ships loosens what Chromium and Electron guard by default, by a preference, a switch or an attribute', () => {
    expect(filesWith(loosened)).toEqual([]);
    // Where it looks there is something to find.
    expect(filesWith(/contextIsolation/)).toEqual(['src-main/platform/windows/web-preferences.ts']);
  });

  it('windows are made in one place, with the one set of preferences, and programs and pages outside are opened in two', () => {
    expect(filesWith(/new (BrowserWindow|WebContentsView|BrowserView)\(/)).toEqual(['src-main/platform/windows/windows.ts']);
    expect(read('src-main/platform/windows/windows.ts').match(/webPreferences: webPreferences\(/g)).toHaveLength(1);
    expect(filesWith(/shell\.openExternal\(/)).toEqual(['src-main/platform/programs/browser.ts']);
    expect(filesWith(/shell\.openPath\(/)).toEqual(['src-main/app/desktop-commands.ts']);
    expect(filesWith(/contextBridge\./)).toEqual(['src-main/preload/preload.ts']);
    expect(read('src-main/preload/preload.ts').match(/exposeInMainWorld\('stsTray', api\)/g)).toHaveLength(1);
  });
});
