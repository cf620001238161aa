import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readJson, root } from '../setup/checkout.mjs';
import { capture } from '../setup/child-process.mjs';
import { rpmSpec } from './rpm.mjs';

// What rpm makes of it was looked at by hand with Debian's rpm: docs/supply-chain.md.

const configuration = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
const { linux, rpm, deb } = parse(configuration);
const manifest = { ...readJson(join(root, 'package.json')), version: '1.2.0-rc.1' };
const whenRemoved = readFileSync(join(root, 'assets/linux/prerm'), 'utf8');
const files = ['usr/bin/sts-tray', 'usr/lib/sts-tray/sts-tray', 'usr/lib/sts-tray/resources/app.asar', 'usr/share/applications/sts-tray.desktop'];
const spec = rpmSpec({ configuration, manifest, files, whenRemoved });
const fields = (name) => [...spec.matchAll(new RegExp(`^${name}: (.*)$`, 'gm'))].map(([, value]) => value);
/** The lines of a part, such as `%files`. */
const part = (name) => new RegExp(`^%${name}\\n(.*?)(?=\\n\\n%|$(?![\\s\\S]))`, 'ms').exec(spec)?.[1].trim().split('\n') ?? [];

describe('the package for Fedora and openSUSE', () => {
  test('it says of itself what electron-builder.yml and package.json say, and a version before a release is older than it', () => {
    expect(['Name', 'Version', 'Summary', 'License', 'Packager'].flatMap(fields)).toEqual([
      'sts-tray',
      '1.2.0~rc.1',
      linux.synopsis,
      manifest.license,
      linux.maintainer,
    ]);
    expect(part('description')).toEqual([`${manifest.description}.`]);
  });

  test('it needs the libraries that the Debian package needs, by names that every distribution has', () => {
    expect([fields('Requires'), fields('Recommends')]).toEqual([rpm.depends, deb.recommends]);
    for (const needed of rpm.depends) expect(needed).toMatch(/^lib[\w.+-]+\.so(?:\.\d+)?\(\)\(64bit\)$/);
    const libraries = (names) => names.map((each) => /^lib([a-z]+)/.exec(each)?.[1]).toSorted();
    expect(libraries(rpm.depends)).toEqual(libraries(deb.depends));
  });

  test('it takes the files as they are, the app’s folder as a whole and every other file by its name', () => {
    expect(part('files')).toEqual(['%defattr(-, root, root, -)', '"/usr/lib/sts-tray"', '"/usr/bin/sts-tray"', '"/usr/share/applications/sts-tray.desktop"']);
    expect(spec).toContain('%global __os_install_post %{nil}\n');
    expect(spec.match(/^%(?:pre|post|posttrans|postun)$/gm)).toBeNull();
  });

  test('a removal says what of each user stays, and an upgrade says nothing', async () => {
    const script = part('preun').join('\n');
    const run = (left) => capture('/bin/sh', ['-c', script, 'preun', left]);
    expect(await run('0')).toMatchObject({ code: 0, stdout: expect.stringMatching(/What belongs to each user stays: .*"~\/\.config\/STS Tray"/) });
    expect(await run('1')).toMatchObject({ code: 0, stdout: '' });
  });
});
