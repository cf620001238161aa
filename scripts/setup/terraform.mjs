import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder, root } from './checkout.mjs';
import { capture, captureTool } from './child-process.mjs';
import { install } from './pinned-archive.mjs';
import { SetupError } from './setup-error.mjs';
import { findCommand } from './system-packages.mjs';

/** The program's file. */
const program = process.platform === 'win32' ? 'terraform.exe' : 'terraform';

const releases = 'https://releases.hashicorp.com';

/** A state in S3 is locked by a file from this version on, which the tests do. */
const oldest = '1.10.0';

/**
 * What is brought where the machine has none that fits, with the SHA-256 of the archives as HashiCorp publishes them in
 * `…_SHA256SUMS` beside the archives. Where a platform is not named, nobody has looked its hash up.
 */
const pins = {
  terraform: {
    version: '1.11.4',
    sha256: {
      linux_amd64: '1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc',
      linux_arm64: 'a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633',
      darwin_amd64: 'a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b',
      darwin_arm64: '867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18',
    },
  },
  provider: {
    version: '5.100.0',
    sha256: {
      linux_amd64: '1589a2266af699cbd5d80737a0fe02e54ec9cf2ca54e7e00ac51c7359056f274',
      linux_arm64: '6330766f1d85f01ae6ea90d1b214b8b74cc8c1badc4696b165b36ddd4cc15f7b',
      darwin_arm64: 'bb64e8aff37becab373a1a0cc1080990785304141af42ed6aa3dd4913b000421',
    },
  },
};

/** Where the parts are looked for, fetched from and put; tests have their own. */
const usual = { releases, pins, cache: cacheFolder, platform: platformName(), findMirror: findProviderMirror };

/**
 * Sees to it that `terraform` is on the PATH of this process, and that there is a file-system mirror with the AWS
 * provider: those of the machine, else the pinned ones, in the cache. One line says which. Where they cannot be had, a
 * sentence says why and what to do; the app itself needs neither.
 * @param {{ say: (line: string) => void } & Partial<typeof usual>} options
 */
export async function provideTerraform({ say, ...options }) {
  const parts = { ...usual, ...options, say };
  try {
    const terraform = await chooseTerraform(parts);
    const mirror = await chooseMirror(parts);
    say(
      `Terraform: ${terraform.version}, ${terraform.executable}. AWS provider: ${mirror === null ? 'from its registry' : `${mirror.version}, ${mirror.path}`}.`,
    );
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
  }
}

async function chooseTerraform({ releases: from, pins: { terraform }, cache, platform, say }) {
  const own = await installedTerraform();
  if (own !== null && isNewEnough(own.version)) return own;
  const lack = own === null ? 'Terraform is not installed' : `Terraform ${own.version} (${own.executable}) is older than ${oldest}`;
  const { version, sha256 } = terraform;
  const folder = join(cache, `terraform-${version}`);
  const executable = join(folder, program);
  const remedy = `install Terraform ${oldest} or newer, or run \`npm run setup -- --for demo\` where it can be reached; until then the deployment is left out`;
  if (!existsSync(executable)) {
    if (sha256[platform] === undefined) throw new SetupError(`${lack}, and there is no pinned one for ${platform}: install Terraform ${oldest} or newer.`);
    say(`${lack}: fetching ${version} from ${new URL(from).host} …`);
    const url = `${from}/terraform/${version}/terraform_${version}_${platform}.zip`;
    await install({ what: `Terraform ${version}`, url, sha256: sha256[platform], remedy }, { dest: folder, cache });
  }
  process.env.PATH = [folder, process.env.PATH].join(delimiter);
  return { version, executable };
}

/** Terraform fetches a provider itself where there is no mirror, but anew for each project. */
async function chooseMirror({ releases: from, pins: { provider }, cache, platform, findMirror, say }) {
  const found = await findMirror();
  if (found !== null) return found;
  const { version, sha256 } = provider;
  if (sha256[platform] === undefined) return null;
  const path = join(cache, 'terraform-plugins');
  say(`Fetching the AWS provider ${version} from ${new URL(from).host} …`);
  await install(
    {
      what: `The AWS provider ${version}`,
      url: `${from}/terraform-provider-aws/${version}/terraform-provider-aws_${version}_${platform}.zip`,
      sha256: sha256[platform],
      remedy: 'run `npm run setup -- --for demo` where it can be reached; until then Terraform asks its registry',
    },
    { dest: join(path, 'registry.terraform.io', 'hashicorp', 'aws', version, platform), cache },
  );
  return { version, path };
}

/** The `terraform` on the PATH, if it runs. */
async function installedTerraform() {
  const executable = findCommand(program);
  if (executable === null) return null;
  const { code, stdout } = await capture(executable, ['version', '-json'], { timeout: 30_000, env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
  const version = code === 0 ? /"terraform_version": *"([\d.]+)/.exec(stdout)?.[1] : undefined;
  return version === undefined ? null : { version, executable };
}

const isNewEnough = (version) => version.localeCompare(oldest, 'en', { numeric: true }) >= 0;

/** The mirror that tests and demo will use, which they look for themselves. */
async function findProviderMirror() {
  const { code, stdout, stderr } = await captureTool('tsx', ['testing/terraform/tell-mirror.ts'], { cwd: root });
  if (code !== 0) throw new SetupError(`The AWS provider could not be looked for (${stderr.trim().split('\n')[0]}): run \`npm ci\` and try again.`);
  return JSON.parse(stdout);
}

/** This machine's name in Go's terms. */
function platformName() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
}
