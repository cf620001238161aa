import { execFileSync } from 'node:child_process';
import { realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { awsBlock, parameter, readIn, writeProject, type Given } from '../../testing/terraform/written-project.ts';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true }));

const variables = ['a', 'b', 'c'].map((name) => `variable "${name}" {\n  default = "default"\n}\n`).join('');
const main = `${variables}${['a', 'b', 'c'].map((name) => awsBlock(null, `alias = "${name}"\n  profile = var.${name}`) + parameter(`aws.${name}`).replace('"this"', `"${name}"`)).join('')}`;

function write(files: Readonly<Record<string, string>> = {}): string {
  folder = realpathSync(writeProject({ 'main.tf': main, ...files }));
  return folder;
}

function pipe(name: string): string {
  execFileSync('mkfifo', [join(folder, name)]);
  return name;
}

/** The profiles of a project's providers, which are the values of its variables; null for one that is not known. */
async function valuesIn(given: Given) {
  const reading = await readIn(folder, given);
  if (!reading.ok) throw new Error(JSON.stringify(reading.error));
  return reading.value.providers.map(({ profile }) => (profile?.kind === 'known' ? profile.value : null));
}

it.each(['/dev/stdin', '/dev/fd/63', '/proc/self/fd/0'])('a variables file that only Terraform can read may give any variable a value: %s', async (path) => {
  write();
  expect(await valuesIn({ line: `terraform plan -var-file=${path}` })).toEqual([null, null, null]);
});

it('a variables file that is a pipe is not waited for, and may give any variable a value', async () => {
  write();
  expect(await valuesIn({ line: `terraform plan -var-file=${pipe('secrets.tfvars')}` })).toEqual([null, null, null]);
});

it('a pipe among the files that are read by themselves may give any variable a value', async () => {
  write();
  pipe('terraform.tfvars');
  expect(await valuesIn({})).toEqual([null, null, null]);
});

it('a variables file that only Terraform can read wins over what comes before it, and what comes after it wins over it', async () => {
  write({ 'terraform.tfvars': 'a = "file"\n', 'last.tfvars': 'c = "last"\n' });
  const line = 'terraform plan -var=a=before -var-file=/dev/stdin -var=b=after -var-file=last.tfvars';
  expect(await valuesIn({ line, env: { TF_VAR_a: 'environment' } })).toEqual([null, 'after', 'last']);
});

it('a variables file behind a link is read', async () => {
  write({ 'far/x.tfvars': 'a = "far"\n' });
  symlinkSync('far/x.tfvars', join(folder, 'x.tfvars'));
  expect(await valuesIn({ line: 'terraform plan -var-file=x.tfvars' })).toEqual(['far', 'default', 'default']);
});

it.runIf(process.platform === 'linux')('a variables file in memory is read, as any other that can be read again', async () => {
  write();
  const path = `/dev/shm/${process.pid}.tfvars`;
  writeFileSync(path, 'a = "memory"\n');
  try {
    expect(await valuesIn({ line: `terraform plan -var-file=${path}` })).toEqual(['memory', 'default', 'default']);
  } finally {
    rmSync(path);
  }
});

it('a folder in place of a variables file is an error', async () => {
  write({ 'far/x.tfvars': '' });
  expect(await readIn(folder, { line: 'terraform plan -var-file=far' })).toMatchObject({ ok: false, error: { code: 'project-variables-missing' } });
});
