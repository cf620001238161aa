import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { linuxSizes } from '../icons.mjs';
import { readJson, root } from '../setup/checkout.mjs';
import { desktopEntry } from './desktop-entry.mjs';

const configuration = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
const manifest = readJson(join(root, 'package.json'));
const { appId, linux, copyright } = parse(configuration);
const metainfo = readFileSync(join(root, 'assets', 'linux', `${appId}.metainfo.xml`), 'utf8');
/** The texts of an element without a language, which is English. */
const texts = (element) => [...metainfo.matchAll(new RegExp(`<${element}(?: (?!xml:lang)[^>]*)?>([^<]*)</${element}>`, 'g'))].map(([, text]) => text);

describe('the entry in the menus of a Linux desktop', () => {
  const lines = desktopEntry({ configuration, manifest }).trimEnd().split('\n');
  const entry = Object.fromEntries(lines.slice(1).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));

  test('the entry has what the specification asks for, each key once, and lists that end as lists do', () => {
    expect(lines[0]).toBe('[Desktop Entry]');
    expect(Object.keys(entry)).toHaveLength(lines.length - 1);
    expect(Object.keys(entry).filter((key) => !/^[A-Za-z]+(?:\[[a-z]{2}\])?$/.test(key))).toEqual([]);
    expect(entry).toMatchObject({
      Type: 'Application',
      Name: manifest.productName,
      Exec: 'sts-tray',
      Icon: 'sts-tray',
      Terminal: 'false',
      StartupNotify: 'false',
    });
    // The main categories: https://specifications.freedesktop.org/menu-spec/latest/category-registry.html
    expect(entry.Categories).toMatch(/^(?:Development|Network|Settings|System|Utility);$/);
    expect(entry.Keywords).toMatch(/^(?:[^;]+;)+$/);
    expect(Object.values(entry).filter((value) => /^\s|\s$|[\\\p{Cc}]/u.test(value) || value === '')).toEqual([]);
  });

  test('a window belongs to the entry: Electron and electron-builder go by the same name', () => {
    expect(manifest.desktopName).toBe(`${linux.executableName}.desktop`);
    expect(linux.syncDesktopName).toBe(true);
    expect(entry.StartupWMClass).toBe(linux.executableName);
  });
});

describe('what software centres show', () => {
  test('it names the app, its entry, its program and its licence as the package does', () => {
    expect(texts('id')).toEqual([appId]);
    expect(texts('name')).toEqual([manifest.productName, manifest.author]);
    expect(copyright).toContain(manifest.author);
    expect(texts('summary')).toEqual([linux.synopsis]);
    expect(texts('project_license')).toEqual([manifest.license]);
    expect(texts('launchable')).toEqual([manifest.desktopName]);
    expect(texts('binary')).toEqual([linux.executableName]);
    expect(texts('category')).toEqual([linux.category]);
  });

  test('it says everything in both languages, and each element ends where it begins', () => {
    for (const element of ['summary', 'p', 'li']) {
      const translated = [...metainfo.matchAll(new RegExp(`<${element} xml:lang="ja">[^<]+</${element}>`, 'g'))];
      expect([element, translated.length]).toEqual([element, texts(element).length]);
    }
    const [open, misplaced] = [[], []];
    for (const [, end, name, , alone] of metainfo.replaceAll(/<!--.*?-->|<\?.*?\?>/g, '').matchAll(/<(\/?)([\w-]+)([^>]*?)(\/?)>/g)) {
      if (end === '' && alone === '') open.push(name);
      else if (end !== '' && open.pop() !== name) misplaced.push(name);
    }
    expect([open, misplaced]).toEqual([[], []]);
  });

  // AppStream, "Summary" and "Description".
  test('the summary is short and no sentence, and no line of a list ends with a full stop', () => {
    const [summary] = texts('summary');
    expect(summary.length).toBeLessThan(90);
    expect([summary, ...texts('li')].filter((text) => text.endsWith('.'))).toEqual([]);
  });
});

test('the icons of a package are there in the sizes that desktops ask for', () => {
  expect(linux.icon).toBe('assets/linux/icons');
  for (const size of linuxSizes) {
    const png = readFileSync(join(root, linux.icon, `${size}x${size}.png`));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  }
});
