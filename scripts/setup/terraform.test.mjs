import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { capture } from './child-process.mjs';
import { install } from './pinned-archive.mjs';
import { SetupError } from './setup-error.mjs';
import { provideTerraform } from './terraform.mjs';

// The official place is a server on this computer, which sends small archives, or worse.

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const script = (version) => Buffer.from(`#!/bin/sh\necho '{ "terraform_version": "${version}" }'\n`);
const zipped = (name, bytes) => Buffer.from(zipSync({ [name]: [bytes, { os: 3, attrs: 0o755 << 16 }] }));
const archives = { terraform: zipped('terraform', script('1.11.4')), provider: zipped('terraform-provider-aws_v5.100.0_x5', Buffer.from('a plugin')) };
const pins = {
  terraform: { version: '1.11.4', sha256: { linux_amd64: sha256(archives.terraform) } },
  provider: { version: '5.100.0', sha256: { linux_amd64: sha256(archives.provider) } },
};

let folder;
let cache;
let server;
/** Its address, which stays the same when it has closed. */
let origin;
let asked;
/** What the server does with a request for an archive. */
let answer;
const path = process.env.PATH;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sts-tray-terraform-'));
  cache = join(folder, 'cache');
  await mkdir(join(folder, 'bin'));
  asked = [];
  answer = (response, archive) => response.end(archive);
  server = createServer((request, response) => {
    asked.push(request.url);
    answer(response, request.url.includes('provider') ? archives.provider : archives.terraform);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${server.address().port}`;
  // The shell of the scripts, and no Terraform of this computer's.
  process.env.PATH = join(folder, 'bin');
});
afterEach(async () => {
  process.env.PATH = path;
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** @returns what it said, a line each */
async function provide(options = {}) {
  const said = [];
  await provideTerraform({
    say: (line) => said.push(line),
    releases: origin,
    pins,
    cache,
    platform: 'linux_amd64',
    findMirror: async () => null,
    ...options,
  });
  return said;
}

async function onMachine(version) {
  const file = join(folder, 'bin', 'terraform');
  await writeFile(file, script(version));
  await chmod(file, 0o755);
  return file;
}

const versionOnPath = async () => (await capture('terraform', ['version', '-json'], { env: process.env })).stdout;
const kept = async () => readdir(cache).catch(() => []);

describe('Terraform', () => {
  test('a Terraform of the machine that is new enough is used, as is its mirror, and nothing is fetched', async () => {
    const file = await onMachine('1.10.0');
    const said = await provide({ findMirror: async () => ({ version: '6.0.0', path: '/opt/mirror' }) });
    expect(said).toEqual([`Terraform: 1.10.0, ${file}. AWS provider: 6.0.0, /opt/mirror.`]);
    expect([asked, await kept(), process.env.PATH]).toEqual([[], [], join(folder, 'bin')]);
  });

  test('without one, the pinned Terraform and provider are fetched once, and found by name and as a mirror', async () => {
    const said = await provide();
    const [executable, mirror] = [join(cache, 'terraform-1.11.4', 'terraform'), join(cache, 'terraform-plugins')];
    expect(said.at(-1)).toBe(`Terraform: 1.11.4, ${executable}. AWS provider: 5.100.0, ${mirror}.`);
    expect(said[0]).toContain('Terraform is not installed: fetching 1.11.4 from 127.0.0.1');
    expect(await versionOnPath()).toContain('1.11.4');
    expect(await readFile(join(mirror, 'registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws_v5.100.0_x5'), 'utf8')).toBe('a plugin');
    expect(new Set(await kept())).toEqual(new Set(['terraform-1.11.4', 'terraform-plugins']));
    expect(asked).toEqual([
      '/terraform/1.11.4/terraform_1.11.4_linux_amd64.zip',
      '/terraform-provider-aws/5.100.0/terraform-provider-aws_5.100.0_linux_amd64.zip',
    ]);

    process.env.PATH = join(folder, 'bin');
    expect(await provide({ findMirror: async () => ({ version: '5.100.0', path: mirror }) })).toEqual([said.at(-1)]);
    expect(asked).toHaveLength(2);
  });

  test('a Terraform of the machine that is too old is passed by', async () => {
    const file = await onMachine('1.5.7');
    const said = await provide();
    expect(said[0]).toContain(`Terraform 1.5.7 (${file}) is older than 1.10.0: fetching 1.11.4`);
    expect(process.env.PATH).toBe([join(cache, 'terraform-1.11.4'), join(folder, 'bin')].join(delimiter));
    expect(await versionOnPath()).toContain('1.11.4');
  });

  test('a computer for which nothing is pinned is told to install it', async () => {
    expect(await provide({ platform: 'plan9_mips' })).toEqual([
      'Terraform is not installed, and there is no pinned one for plan9_mips: install Terraform 1.10.0 or newer.',
    ]);
    await onMachine('1.12.0');
    expect((await provide({ platform: 'plan9_mips' })).at(-1)).toContain('AWS provider: from its registry.');
    expect(asked).toEqual([]);
  });
});

describe('A download of Terraform', () => {
  test.each([
    ['is refused', (response) => response.writeHead(403).end('no'), /could not be fetched from 127\.0\.0\.1:\d+ \(it answered 403\)/],
    [
      'is cut off',
      (response, archive) => response.writeHead(200, { 'content-length': archive.length }).write(archive.subarray(0, 20), () => response.destroy()),
      /\(the connection broke after 20 of \d+ bytes\)/,
    ],
    ['is dropped', (response) => response.destroy(), /could not be fetched from 127\.0\.0\.1:\d+ \(\w+\)/],
    [
      'is another archive',
      (response, archive) => response.end(Buffer.concat([archive, Buffer.from('!')])),
      /is not the pinned archive, and nothing of it was used/,
    ],
  ])('a download of Terraform that %s is told in a sentence, and nothing of it stays', async (_, behaviour, sentence) => {
    answer = behaviour;
    const said = await provide();
    expect(said).toHaveLength(2);
    expect(said[1]).toMatch(sentence);
    expect(said[1]).toContain('install Terraform 1.10.0 or newer, or run `npm run setup -- --for demo`');
    expect([await kept(), process.env.PATH]).toEqual([[], join(folder, 'bin')]);
  });

  test('a download of the provider that fails leaves the Terraform that came before it', async () => {
    answer = (response, archive) => (archive === archives.provider ? response.writeHead(500).end() : response.end(archive));
    const said = await provide();
    expect(said.at(-1)).toMatch(/^The AWS provider 5\.100\.0 could not be fetched .*\(it answered 500\).* until then Terraform asks its registry\.$/);
    expect(await kept()).toEqual(['terraform-1.11.4']);
    expect(await versionOnPath()).toContain('1.11.4');
  });

  test('a place that cannot be reached is named with the reason', async () => {
    server.close();
    expect((await provide()).at(-1)).toContain('(ECONNREFUSED)');
  });

  test('an archive that stops coming is given up', async () => {
    answer = (response, archive) => response.writeHead(200, { 'content-length': archive.length }).write(archive.subarray(0, 20));
    const archive = { what: 'A tool', url: `${origin}/tool.zip`, sha256: sha256(archives.terraform), remedy: 'wait' };
    const installed = install(archive, { dest: join(cache, 'tool'), cache, patience: 50 });
    await expect(installed).rejects.toThrow(SetupError);
    await expect(installed).rejects.toThrow('A tool could not be fetched from 127.0.0.1');
    expect(await kept()).toEqual([]);
  });

  test('an archive that cannot be unpacked leaves nothing behind', async () => {
    const archive = { what: 'A tool', url: `${origin}/tool.zip`, sha256: sha256(archives.terraform), remedy: 'wait' };
    const fails = async () => {
      throw new SetupError('There is no space left.');
    };
    await expect(install(archive, { dest: join(cache, 'tool'), cache, extract: fails })).rejects.toThrow('no space left');
    expect(await kept()).toEqual([]);
  });

  test('what a set-up left that was ended in the middle goes a day later, and not while another one may be at work', async () => {
    for (const name of ['fetching-old', 'fetching-now']) await mkdir(join(cache, name, 'unpacked'), { recursive: true });
    const before = new Date(Date.now() - 25 * 60 * 60_000);
    await utimes(join(cache, 'fetching-old'), before, before);
    await provide();
    expect(await kept()).toEqual(['fetching-now', 'terraform-1.11.4', 'terraform-plugins']);
  });
});
