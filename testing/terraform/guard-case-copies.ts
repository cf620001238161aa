import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sayings, type GuardCase } from './guard-cases.ts';

/** Runs Terraform in a folder with what may be used before the run of a case; fails where Terraform does. */
export type Prepare = (folder: string, ...args: readonly string[]) => Promise<void>;

/** Makes copies of guard cases in a folder, initialised and with the state that they had before. */
export class GuardCaseCopies {
  readonly #folder: string;
  readonly #prepare: Prepare;
  /** A copy in which `init` installed nothing but the provider: it takes seconds, so it runs once for all of those. */
  #installed: string | null = null;

  constructor(folder: string, prepare: Prepare) {
    this.#folder = folder;
    this.#prepare = prepare;
  }

  async make({ name, folder }: GuardCase): Promise<{ readonly project: string; readonly hasResources: boolean }> {
    const project = join(this.#folder, name);
    const isSaying = (path: string): boolean => (sayings as readonly string[]).some((saying) => path === join(folder, saying));
    await cp(folder, project, { recursive: true, filter: (path) => !isSaying(path) });
    await letGoOfVersions(join(project, 'main.tf'));
    const text = await textOf(project);
    // A module of a registry cannot be installed here.
    if (!/^module "\w+" \{\s+source\s*=\s*"[^.]/m.test(text)) await this.#initialise(project, text);
    const before = join(folder, 'before');
    if (existsSync(before)) {
      const file = join(project, 'before.tf');
      await cp(before, file);
      await this.#prepare(project, 'apply', '-auto-approve');
      await rm(file);
    }
    return { project, hasResources: /^resource "aws_/m.test(text) };
  }

  async #initialise(project: string, text: string): Promise<void> {
    const isPlain = !/^\s*(?:module|backend) "|registry\.example/m.test(text);
    if (isPlain && this.#installed !== null) {
      const parts = ['.terraform', '.terraform.lock.hcl'];
      for (const part of parts) await cp(join(this.#installed, part), join(project, part), { recursive: true, verbatimSymlinks: true });
      return;
    }
    await this.#prepare(project, 'init', '-input=false');
    if (isPlain) this.#installed = project;
  }
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
