import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProviderMirror, type ProviderMirror } from './provider-mirror.ts';

/** The part of Terraform's environment that lets it start without the network where possible. */
export type TerraformEnv = { readonly TF_CLI_CONFIG_FILE: string };

// The checkpoint would ask HashiCorp whether there is a newer Terraform.
const head = 'disable_checkpoint = true\n';

/**
 * Writes a CLI configuration into an existing folder. The AWS provider comes from the mirror, which is
 * found by default. With null it comes from its registry, like every other provider.
 */
export function writeCliConfig(folder: string, mirror: ProviderMirror | null = findProviderMirror()): TerraformEnv {
  return write(folder, cliConfig(mirror));
}

/**
 * The same for projects that take the provider from in-house registries: it is found under these addresses
 * too (`registry.example.com/mirror/aws`). Nothing comes from a network.
 */
export function writeInHouseConfig(folder: string, { path, newestVersion }: ProviderMirror, addresses: readonly string[]): TerraformEnv {
  const inHouse = join(folder, 'in-house');
  const version = join(path, 'registry.terraform.io', 'hashicorp', 'aws', newestVersion);
  for (const address of addresses) {
    const place = join(inHouse, address, newestVersion);
    mkdirSync(place, { recursive: true });
    // Terraform follows a link only in the place of a package.
    for (const target of readdirSync(version)) symlinkSync(join(version, target), join(place, target));
  }
  const mirrors = [path, inHouse].map((each) => `  filesystem_mirror {\n    path = ${JSON.stringify(each)}\n  }\n`);
  return write(folder, `${head}\nprovider_installation {\n${mirrors.join('')}}\n`);
}

function write(folder: string, text: string): TerraformEnv {
  const file = join(folder, 'terraform-cli.tfrc');
  writeFileSync(file, text);
  return { TF_CLI_CONFIG_FILE: file };
}

function cliConfig(mirror: ProviderMirror | null): string {
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
