import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runProgram } from '../processes/run-program.ts';
import type { TerraformEnv } from './cli-config.ts';

const lockFile = '.terraform.lock.hcl';

/**
 * Does to an existing folder what `terraform init` would, for a project that needs the AWS provider and has neither a
 * backend nor modules. Terraform itself does it once, beside the CLI configuration: it reads all of the provider's
 * 700 MB each time.
 */
export async function initialise(folder: string, env: TerraformEnv): Promise<void> {
  const first = join(dirname(env.TF_CLI_CONFIG_FILE), 'initialised');
  if (!existsSync(join(first, lockFile))) await initialiseFirst(first, env);
  await mkdir(join(folder, '.terraform'));
  await symlink(join(first, '.terraform', 'providers'), join(folder, '.terraform', 'providers'));
  await copyFile(join(first, lockFile), join(folder, lockFile));
}

async function initialiseFirst(folder: string, env: TerraformEnv): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, 'main.tf'), 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n');
  const { exitCode, stderr } = await runProgram('terraform', ['init', '-no-color'], { env: { ...process.env, ...env }, cwd: folder });
  if (exitCode !== 0) throw new Error(`terraform init ended with ${exitCode}: ${stderr.trim()}`);
}
