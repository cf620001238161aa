import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { awsFilesIn } from '../testing/aws/clients/aws-configure.ts';
import type { DemoMachine } from './demo-machine.ts';

/** The profiles of the access portal, and the account of each. */
export const reached = { dev: '111111111111', stg: '222222222222' } as const;

/** Of the people whom the local access portal knows, the one who has both accounts. */
export const signsIn = 'sato';

/** Leaves what `aws configure sso` writes, without any key, and a project that reads in which account each provider is. */
export async function writeSignInFiles({ aws, home, project }: DemoMachine): Promise<void> {
  const files = awsFilesIn(home);
  await mkdir(join(home, '.aws'));
  await writeFile(files.config, [portal(aws.startUrl), ...profiles.map(ofPortal)].join('\n'), { mode: 0o600 });
  await writeFile(join(project, 'main.tf'), profiles.map(inAccount).join('\n'));
}

const profiles = ['dev', 'stg'] as const;
type Profile = (typeof profiles)[number];

function portal(startUrl: string): string {
  return `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`;
}

function ofPortal(profile: Profile): string {
  return `[profile ${profile}]\nsso_session = corp\nsso_account_id = ${reached[profile]}\nsso_role_name = AdministratorAccess\nregion = us-east-1\n`;
}

function inAccount(profile: Profile): string {
  return `provider "aws" {
  alias               = "${profile}"
  profile             = "${profile}"
  region              = "us-east-1"
  allowed_account_ids = ["${reached[profile]}"]
}

data "aws_caller_identity" "${profile}" {
  provider = aws.${profile}
}

output "account_of_${profile}" {
  value = data.aws_caller_identity.${profile}.account_id
}
`;
}
