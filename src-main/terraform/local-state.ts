import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { filesOnDisk } from './project-files.ts';
import { recordedBackend } from './project-state.ts';

/** The part of Terraform's state file, version 4, that is counted. Its data sources are not: they were not deployed. */
const State = z.object({ resources: z.array(z.object({ mode: z.string(), instances: z.array(z.unknown()) })) });

/**
 * How many resources the local state of a project has (Terraform CLI documentation, backend `local`).
 * Null when that is unknown: the state is kept elsewhere, or its file cannot be read.
 */
export async function localResources(folder: string, workspace: string): Promise<number | null> {
  const working = join(folder, '.terraform');
  // Without this folder the run kept its data elsewhere (`TF_DATA_DIR`), where it may name a backend.
  if (!(await isThere(working))) return null;
  if ((await recordedBackend(working)) !== null) return null;
  const file = workspace === 'default' ? join(folder, 'terraform.tfstate') : join(folder, 'terraform.tfstate.d', workspace, 'terraform.tfstate');
  if (!(await isThere(file))) return 0;
  const state = State.safeParse(await jsonIn(file));
  if (!state.success) return null;
  return state.data.resources.filter(({ mode }) => mode === 'managed').reduce((sum, { instances }) => sum + instances.length, 0);
}

/** Undefined for a file that is not JSON or cannot be read. */
async function jsonIn(file: string): Promise<unknown> {
  try {
    return JSON.parse((await filesOnDisk.read(file)) ?? '');
  } catch {
    return undefined;
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
