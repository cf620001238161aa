import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root, readJson } from '../setup/checkout.mjs';
import { billOfMaterials, checkSupplyChain } from './check.mjs';
import { licenceProblems } from './licences.mjs';
import { lockFileProblems, packagesWithInstallScript } from './lock-file.mjs';

const lock = readJson(join(root, 'package-lock.json'));
const integrity = `sha512-${'a'.repeat(86)}==`;
const lockOf = (path, entry, lockfileVersion = 3) => ({ lockfileVersion, packages: { '': { name: 'sts-tray' }, [path]: entry } });

describe('The lock file', () => {
  test('the lock file has a hash for each package, and no address', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(500);
    expect(lockFileProblems(lock)).toEqual([]);
  });

  test.each([
    ['has no hash', { version: '1.0.0' }, 'node_modules/a has no SHA-512 hash'],
    ['has a weak hash', { version: '1.0.0', integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 'node_modules/a has no SHA-512 hash'],
    ['has an address', { version: '1.0.0', integrity, resolved: 'https://mirror.example/a.tgz' }, 'node_modules/a has an address to fetch it from'],
    ['leads to a folder', { resolved: '../a', link: true, integrity }, 'node_modules/a is no version of a package'],
    ['leads to a repository', { version: 'git+ssh://git@example.com/a.git#1', integrity }, 'node_modules/a is no version of a package'],
  ])('an entry of the lock file is told when it %s', (_, entry, problem) => {
    expect(lockFileProblems(lockOf('node_modules/a', entry))).toContain(problem);
  });

  test('a lock file of another version is told, since it may have no hashes', () => {
    expect(lockFileProblems(lockOf('node_modules/a', { version: '1.0.0', integrity }, 1))).toEqual(['the lock file has version 1, not 3']);
  });
});

describe('Scripts of packages', () => {
  test('the documents give a reason for each package that would run a script while it is installed', () => {
    const told = [...readFileSync(join(root, 'docs', 'supply-chain.md'), 'utf8').matchAll(/^\| `([^`]+)` \| (?:no|yes) \| \S/gm)].map(([, name]) => name);
    expect(told).not.toEqual([]);
    expect(new Set(packagesWithInstallScript(lock))).toEqual(new Set(told));
  });
});

describe('Licences', () => {
  test('every package may be used under the licence that it has', () => {
    expect(licenceProblems(lock)).toEqual([]);
  });

  test.each([
    ['GPL-3.0-only', { dev: true }],
    ['AGPL-3.0-or-later', {}],
    ['CC-BY-4.0', {}],
    ['SEE LICENSE IN LICENSE.txt', { dev: true }],
    ['MIT AND GPL-2.0-only', {}],
  ])('a package under %s is told', (license, kind) => {
    expect(licenceProblems(lockOf('node_modules/a', { version: '1.0.0', license, ...kind }))).toEqual([`a@1.0.0 has the licence ${license}`]);
  });

  test.each(['(MIT OR GPL-3.0-only)', 'MIT AND ISC', 'MPL-2.0'])('a package under %s may be bundled', (license) => {
    expect(licenceProblems(lockOf('node_modules/x/node_modules/@a/b', { version: '1.0.0', license }))).toEqual([]);
  });

  test('a package that does not say its licence is told', () => {
    expect(licenceProblems(lockOf('node_modules/@a/b', { version: '1.0.0' }))).toEqual(['@a/b@1.0.0 does not say its licence']);
  });
});

describe('A release', () => {
  const said = [];
  const answering = (outcomes) => {
    const asked = [];
    return { asked, runNpm: async (args) => (asked.push(args), { code: 0, stdout: '', stderr: '', ...outcomes.shift() }) };
  };

  test('a release asks about vulnerabilities in what is bundled, and then in everything', async () => {
    const { asked, runNpm } = answering([{}, { code: 1, stdout: 'one in a tool' }]);
    await checkSupplyChain({ root, say: (line) => said.push(line), runNpm });
    expect(asked.map((args) => args.includes('--omit=dev'))).toEqual([true, false]);
    expect(said.join()).toContain('one in a tool');
  });

  test.each([
    ['is a vulnerability in what is bundled', { code: 1, stdout: 'one in zod' }],
    ['is no answer about vulnerabilities', { code: 1, stderr: '405 Method Not Allowed' }],
  ])('a release is stopped where there %s', async (_, outcome) => {
    await expect(checkSupplyChain({ root, say: (line) => said.push(line), runNpm: answering([outcome]).runNpm })).rejects.toThrow('npm audit found something');
    expect(said.join()).toContain(outcome.stdout ?? outcome.stderr);
  });

  test('the bill of materials names each package with its hash, also Electron, which is no dependency of the bundle', async () => {
    const bill = JSON.parse(await billOfMaterials({ root }));
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { version: readJson(join(root, 'package.json')).version } } });
    const parts = new Map(bill.components.map((component) => [component.purl, component]));
    for (const path of ['zod', 'electron', '@aws-sdk/client-sts']) {
      const purl = `pkg:npm/${path.replace('@', '%40')}@${lock.packages[`node_modules/${path}`].version}`;
      expect([purl, parts.get(purl)?.hashes]).toMatchObject([purl, [{ alg: 'SHA-512' }]]);
    }
    expect(JSON.stringify(bill.metadata)).not.toContain(root);
  }, 60_000);
});
