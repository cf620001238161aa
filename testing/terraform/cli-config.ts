import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProviderMirror, type ProviderMirror } from './provider-mirror.ts';

/** The part of Terraform's environment that lets it start without the network where possible. */
export type TerraformEnv = { readonly TF_CLI_CONFIG_FILE: string };

/**
 * Writes a CLI configuration into an existing folder. The AWS provider comes from the mirror, which is
 * found by default. With null it comes from its registry, like every other provider.
 */
export function writeCliConfig(folder: string, mirror: ProviderMirror | null = findProviderMirror()): TerraformEnv {
  const file = join(folder, 'terraform-cli.tfrc');
  writeFileSync(file, cliConfig(mirror));
  return { TF_CLI_CONFIG_FILE: file };
}

function cliConfig(mirror: ProviderMirror | null): string {
  // The checkpoint would ask HashiCorp whether there is a newer Terraform.
  const head = 'disable_checkpoint = true\n';
  if (mirror === null) return head;
  return `${head}
provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror.path)}
    include = ["hashicorp/aws"]
  }
  direct {
    exclude = ["hashicorp/aws"]
  }
}
`;
}
