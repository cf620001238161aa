import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What counts of Terraform's state file, version 4: data sources are nothing that was deployed. */
const State = z.object({ resources: z.array(z.object({ mode: z.string(), instances: z.array(z.unknown()) })) });

/** What `terraform init` writes of a backend. Without one there is no file, or one that names none any more. */
const BackendFile = z.object({ backend: z.null().optional() });

/**
 * How many resources the local state of a project has (Terraform CLI documentation, backend `local`).
 * Null where that cannot be told: the state is kept elsewhere, or the file is none that can be read.
 */
export async function localResources(folder: string, workspace: string): Promise<number | null> {
  const working = join(folder, '.terraform');
  // A run without this folder had it elsewhere (`TF_DATA_DIR`), and there might name a backend.
  if (!(await isThere(working))) return null;
  const backend = join(working, 'terraform.tfstate');
  if ((await isThere(backend)) && !BackendFile.safeParse(await jsonIn(backend)).success) return null;
  const file = workspace === 'default' ? join(folder, 'terraform.tfstate') : join(folder, 'terraform.tfstate.d', workspace, 'terraform.tfstate');
  if (!(await isThere(file))) return 0;
  const state = State.safeParse(await jsonIn(file));
  if (!state.success) return null;
  return state.data.resources.filter(({ mode }) => mode === 'managed').reduce((sum, { instances }) => sum + instances.length, 0);
}

/** Undefined for what is no JSON, or may not be read. */
async function jsonIn(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
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
