import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCliConfig } from '../../testing/terraform/cli-config.ts';
import { initialise } from '../../testing/terraform/initialised.ts';
import { findProviderMirror } from '../../testing/terraform/provider-mirror.ts';
import { readIn, wayOf, writeProject } from '../../testing/terraform/written-project.ts';
import { readSavedPlan } from './saved-plan.ts';

const terraform = promisify(execFile);
const mirror = findProviderMirror();
const aws = 'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n';

// Terraform would ask AWS before it makes a plan: so the plan is made without the provider block, which is
// then put into the plan's own copy of the files.
const provider = (account: string) =>
  `provider "aws" {\n  region = "eu-west-1"\n  assume_role {\n    role_arn = "arn:aws:iam::\${var.account}:role/deploy"\n  }\n}\n# ${account}\n`;

describe.skipIf(mirror === null)('a saved plan', () => {
  let env: NodeJS.ProcessEnv;
  let folder: string;
  let elsewhere: string;
  beforeAll(async () => {
    folder = writeProject({
      'main.tf': `${aws}variable "account" {\n  default = "111111111111"\n}\nmodule "m" {\n  source  = "./m"\n  account = var.account\n}\n`,
      'm/main.tf': 'variable "account" {}\nresource "terraform_data" "x" {\n  input = var.account\n}\n',
    });
    const cliConfig = writeCliConfig(folder, mirror);
    env = { ...process.env, CHECKPOINT_DISABLE: '1', ...cliConfig };
    await terraform('terraform', ['init'], { cwd: folder, env });
    await terraform('terraform', ['plan', '-var=account=333333333333', '-out=saved.tfplan'], { cwd: folder, env });
    const entries = unzipSync(readFileSync(join(folder, 'saved.tfplan')));
    const inside = strFromU8(entries['tfconfig/m-m/main.tf'] ?? new Uint8Array());
    entries['tfconfig/m-m/main.tf'] = strToU8(`${inside}${provider('planned')}`);
    writeFileSync(join(folder, 'saved.tfplan'), zipSync(entries));
    elsewhere = writeProject({ 'main.tf': `${aws}variable "account" {\n  default = "222222222222"\n}\n`, 'p.tf': provider('elsewhere') });
    await initialise(elsewhere, cliConfig);
  }, 180_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
    rmSync(elsewhere, { recursive: true });
  });

  const ways = async (where: string, plan: string) => {
    const reading = await readIn(where, {
      line: `terraform apply ${plan}`,
      env: { CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: env['TF_CLI_CONFIG_FILE'] ?? '' },
    });
    return reading.ok ? reading.value.providers.map(wayOf) : reading.error;
  };

  it('is read with the configuration and the values in it', async () => {
    expect(await ways(folder, 'saved.tfplan')).toEqual(['module.m.aws → 333333333333']);
  }, 120_000);

  it('is read in the same way from another folder, whatever that folder holds, and where the files were changed since', async () => {
    writeFileSync(join(folder, 'm', 'main.tf'), provider('changed'));
    expect(await ways(elsewhere, join(folder, 'saved.tfplan'))).toEqual(['module.m.aws → 333333333333']);
  }, 120_000);

  it('is told where it is none', async () => {
    writeFileSync(join(folder, 'none.tfplan'), 'no plan');
    expect(await ways(folder, 'none.tfplan')).toEqual({ code: 'project-plan-unreadable', params: { file: 'none.tfplan' } });
  });
});

it.skipIf(process.platform === 'win32')(
  'a saved plan is shown once for each of its contents, as Terraform loads every provider for it and it is read again before the run',
  async () => {
    const folder = writeProject({
      terraform: '#!/bin/sh\necho >> shown\nprintf \'{"variables":{"account":{"value":"\'\nwc -l < shown | tr -d \' \\n\'\nprintf \'"}}}\'\n',
      shown: '',
    });
    const program = join(folder, 'terraform');
    chmodSync(program, 0o755);
    const write = (state: string) => {
      const entries = { 'tfconfig/modules.json': '[{"Key":"","Dir":"."}]', 'tfconfig/m-/main.tf': 'locals {}\n', tfstate: state };
      writeFileSync(join(folder, 'plan'), zipSync(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, strToU8(text)]))));
    };
    const valuesIn = async () => {
      const plan = await readSavedPlan({ program, folder, planFile: 'plan', env: process.env });
      return plan.ok ? plan.value.values : plan.error;
    };
    const shown = (time: number) => [{ name: 'account', value: { kind: 'literal', json: String(time) } }];
    try {
      write('{"version":4}');
      expect([await valuesIn(), await valuesIn()]).toEqual([shown(1), shown(1)]);
      write('{"version":4,"serial":2}');
      expect([await valuesIn(), await valuesIn()]).toEqual([shown(2), shown(2)]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
