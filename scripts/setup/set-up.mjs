import { bundle } from './build.mjs';
import { root } from './checkout.mjs';
import { installDependencies } from './dependencies.mjs';
import { provideElectronRuntime } from './electron-runtime.mjs';
import { provideNodeForSdk } from './node-for-sdk.mjs';
import { refuseOldNode } from './node-version.mjs';
import { SetupError } from './setup-error.mjs';
import { provideSystemPackages } from './system-packages.mjs';
import { provideTerraform } from './terraform.mjs';

/** What a checkout can be set up for. All but `build` need the Electron runtime. */
export const purposes = ['build', 'start', 'demo', 'sign-in-demo', 'test', 'bench', 'package'];

/** What runs Terraform. */
const deploying = ['demo', 'sign-in-demo', 'test', 'bench'];

/** What loads the AWS SDK outside of the app, and neither is a test nor measures anything. */
const withSdk = ['demo', 'sign-in-demo'];

/**
 * Sets up the checkout so that `purpose` can begin.
 * @returns the record of the Electron runtime, or null for `build`
 * @throws {SetupError}
 */
export async function setUp(purpose, { build = true, rebuild = false, retryRuntime = false } = {}) {
  requireKnown(purpose);
  refuseOldNode(process.versions.node);
  const say = (line) => console.error(line);
  await installDependencies({ root, say });
  const runtime = purpose === 'build' ? null : await provideElectronRuntime({ retry: retryRuntime, say });
  if (runtime) await provideSystemPackages({ purpose, executable: runtime.executable, say });
  if (withSdk.includes(purpose)) await provideNodeForSdk({ say });
  if (deploying.includes(purpose)) await provideTerraform({ say });
  if (build) await bundle({ root, rebuild, say });
  return runtime;
}

/**
 * Installs the system packages of `purpose`, and nothing else.
 * @throws {SetupError}
 */
export async function setUpSystemPackages(purpose) {
  requireKnown(purpose);
  await provideSystemPackages({ purpose, executable: process.execPath, say: (line) => console.error(line) });
}

function requireKnown(purpose) {
  if (!purposes.includes(purpose)) throw new SetupError(`There is nothing to set up for "${purpose}": say --for ${purposes.join(', ')}.`);
}
