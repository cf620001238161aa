import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TerraformEnv } from './cli-config.ts';
import { sayings, type GuardCase } from './guard-cases.ts';
import { initialise } from './initialised.ts';

type Terraform = {
  readonly env: TerraformEnv;
  /** Runs it in a folder with what may be used before the run of a case; fails where it does. */
  readonly run: (folder: string, ...args: readonly string[]) => Promise<void>;
};

/** Makes a copy of a guard case in a folder, initialised and with the state that it had before. */
export async function copyGuardCase(
  { name, folder }: GuardCase,
  into: string,
  { env, run }: Terraform,
): Promise<{ readonly project: string; readonly hasResources: boolean }> {
  const project = join(into, name);
  const isSaying = (path: string): boolean => (sayings as readonly string[]).some((saying) => path === join(folder, saying));
  await cp(folder, project, { recursive: true, filter: (path) => !isSaying(path) });
  await letGoOfVersions(join(project, 'main.tf'));
  const text = await textOf(project);
  // A module of a registry cannot be installed here.
  const canBeInstalled = !/^module "\w+" \{\s+source\s*=\s*"[^.]/m.test(text);
  if (!/^\s*(?:module|backend) "|registry\.example/m.test(text)) await initialise(project, env);
  else if (canBeInstalled) await run(project, 'init', '-input=false');
  const before = join(folder, 'before');
  if (existsSync(before)) {
    const file = join(project, 'before.tf');
    await cp(before, file);
    await run(project, 'apply', '-auto-approve');
    await rm(file);
  }
  return { project, hasResources: /^resource "aws_/m.test(text) };
}

/** The versions that a project is pinned to are hardly those of this computer. */
async function letGoOfVersions(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const free = text.replaceAll(/^ *(?:required_version|version) *= .*\n/gm, '');
  if (free !== text) await writeFile(file, free);
}

async function textOf(project: string): Promise<string> {
  const files = (await readdir(project, { recursive: true })).filter((file) => /\.tf(?:\.json)?$/.test(basename(file)));
  return (await Promise.all(files.map((file) => readFile(join(project, file), 'utf8')))).join('\n');
}
