import { join } from 'node:path';
import type { UsualRegistry } from '../core/terraform/reading/providers/provider-sources.ts';
import type { TerraformRun } from '../core/terraform/runs/run.ts';
import { filesOnDisk } from './project-files.ts';

const terraformHost = 'registry.terraform.io';
const tofuHost = 'registry.opentofu.org';

/**
 * The registry of a program. OpenTofu takes what a state has from Terraform's registry for its own, unless the files
 * name that registry (its package `tofumigrate`, with the variable that turns it off).
 */
export function usualRegistry({ program }: Pick<TerraformRun, 'program'>, env: NodeJS.ProcessEnv): UsualRegistry {
  const reattached = env['TF_REATTACH_PROVIDERS'] || null;
  if (program !== 'tofu') return { host: terraformHost, formerHost: null, reattached };
  return { host: tofuHost, reattached, formerHost: env['OPENTOFU_STATEFILE_PROVIDER_ADDRESS_TRANSLATION'] === '0' ? null : terraformHost };
}

/** Whether it was OpenTofu that chose the versions of a folder's providers, by the hosts that `.terraform.lock.hcl` has. */
export async function isPreparedByTofu(folder: string): Promise<boolean> {
  const lock = (await filesOnDisk.read(join(folder, '.terraform.lock.hcl'))) ?? '';
  const hosts = new Set([...lock.matchAll(/^[ \t]*provider[ \t]+"([^"/\n]+)\//gm)].map(([, host]) => host));
  return hosts.has(tofuHost) && !hosts.has(terraformHost);
}
