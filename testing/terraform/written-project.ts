import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { KnownText, ProjectReading, ProviderConfiguration } from '../../src-main/contract/terraform-project.ts';
import { parseRun } from '../../src-main/core/terraform/runs/run.ts';
import { readProject } from '../../src-main/terraform/read-project.ts';

/** A project that a test writes: texts by the paths of their files. */
export type Written = Readonly<Record<string, string>>;

export type Given = { readonly line?: string; readonly env?: Readonly<Record<string, string>> };

/** Writes a project to a new folder, which the caller removes. */
export function writeProject(files: Written): string {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Reads a project as the guard does before a command line such as `terraform plan`. */
export async function read(files: Written, given: Given = {}) {
  const folder = writeProject(files);
  try {
    return await readIn(folder, given);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function readIn(folder: string, { line = 'terraform plan', env = {} }: Given = {}) {
  const [program = '', ...args] = line.split(' ');
  const run = parseRun({ program, args, env, cwd: folder });
  if (run === null) throw new Error(`${program} is not Terraform`);
  return readProject({ run, env: { PATH: process.env['PATH'], ...env }, command: program });
}

export async function readingOf(files: Written, given?: Given): Promise<ProjectReading> {
  const reading = await read(files, given);
  if (!reading.ok) throw new Error(JSON.stringify(reading.error));
  return reading.value;
}

/** Each provider as `address → role of each account in turn`, with what is not known, not modelled or not certain behind it. */
export async function waysOf(files: Written, given?: Given): Promise<readonly string[]> {
  return (await readingOf(files, given)).providers.map(wayOf);
}

export function wayOf({ address, assumeRoles, doubts, foreignSource, use, ownCredentials }: ProviderConfiguration): string {
  return [
    address,
    ...assumeRoles.map(({ roleArn }) => `→ ${shown(roleArn)}`),
    ...ownCredentials.map((name) => `own ${name}`),
    ...doubts.map(({ what, place }) => `? ${what}${place === null ? '' : ` at ${place.file}:${place.line ?? '-'}`}`),
    ...(foreignSource === null ? [] : [`from ${foreignSource}`]),
    ...(use === 'files' ? [] : [`(${use})`]),
  ].join(' ');
}

function shown(text: KnownText): string {
  return text.kind === 'known' ? text.value.replace(/^arn:aws:iam::(\d{12}):role\/.*$/, '$1') : `?${text.expression}`;
}

/** A provider block with a role in an account; `more` are further lines of it. */
export function awsBlock(account: string | null, more = '', local = 'aws'): string {
  const role = account === null ? '' : `  assume_role {\n    role_arn = "arn:aws:iam::${account}:role/deploy"\n  }\n`;
  return `provider "${local}" {\n  region = "eu-west-1"\n${more === '' ? '' : `  ${more}\n`}${role}}\n`;
}

/** A resource that uses a provider; by default the one that its type names. */
export function parameter(provider = '', more = ''): string {
  return `resource "aws_ssm_parameter" "this" {\n${provider === '' ? '' : `  provider = ${provider}\n`}${more}  name = "x"\n  type = "String"\n  value = "x"\n}\n`;
}
