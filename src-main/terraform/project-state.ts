import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { StateContent } from '../core/terraform/reading/providers/provider-uses.ts';
import type { StateResource } from '../core/terraform/reading/providers/provider-tree.ts';
import type { Block } from '../core/terraform/language/blocks.ts';
import { emptyBody } from '../core/terraform/structure/body.ts';
import { filesOnDisk } from './project-files.ts';
import { pathIn } from './run-folders.ts';

/** The part of Terraform's state file, version 4, that names providers. */
const State = z.object({
  version: z.literal(4),
  resources: z
    .array(
      z.object({
        module: z.string().optional(),
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        provider: z.string().optional(),
        // OpenTofu names the provider here where that has `for_each`.
        instances: z.array(z.object({ index_key: z.union([z.string(), z.number()]).nullish(), provider: z.string().optional() })).optional(),
      }),
    )
    .nullish(),
});

/** What `terraform init` records about the backend. A project that never had one has no such file. */
const Recorded = z.object({ backend: z.object({ type: z.string(), config: z.record(z.string(), z.unknown()).nullish() }).nullish() });
export type RecordedBackend = { readonly type: string; readonly config: Readonly<Record<string, unknown>> };

/** The backend that `terraform init` set up, with what `-backend-config` gave it; null where none was. */
export async function recordedBackend(dataFolder: string): Promise<RecordedBackend | null | 'unreadable'> {
  const file = join(dataFolder, 'terraform.tfstate');
  const names = (await filesOnDisk.names(dataFolder)) ?? [];
  if (!names.includes('terraform.tfstate')) return null;
  const recorded = Recorded.safeParse(parsed(await filesOnDisk.read(file)));
  if (!recorded.success) return 'unreadable';
  const { backend } = recorded.data;
  return backend ? { type: backend.type, config: backend.config ?? {} } : null;
}

/**
 * The backend that a project works with: what `terraform init` recorded, arguments of `-backend-config`
 * among them, or else what the files say. Terraform refuses to run where the two differ.
 */
export function backendInUse(declared: Block | null, recorded: RecordedBackend | null): Block | null {
  if (recorded === null) return declared;
  const body = emptyBody();
  for (const [name, value] of Object.entries(recorded.config)) if (value !== null) body[name] = asTemplate(value);
  const labels = recorded.type === 'cloud' ? [] : [recorded.type];
  return { labels, body, place: declared?.place ?? { file: '.terraform/terraform.tfstate', line: null } };
}

/** A value, in which nothing is left to be evaluated. */
function asTemplate(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/([$%])\{/g, '$1$1{');
  if (Array.isArray(value)) return value.map(asTemplate);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, asTemplate(inner)]])));
}

type Where = {
  readonly folder: string;
  readonly workspace: string;
  readonly recorded: Awaited<ReturnType<typeof recordedBackend>>;
  /** The backend that the files name. */
  readonly declared: string | null;
  /** `-state`. */
  readonly stateFile: string | null;
};

/** What the state of a project holds, where it is a file of this computer. */
export async function stateContent({ folder, workspace, recorded, declared, stateFile }: Where): Promise<StateContent> {
  const type = recorded === null ? (declared ?? 'local') : recorded === 'unreadable' ? null : recorded.type;
  if (type !== 'local') return 'unseen';
  const config = recorded === null || recorded === 'unreadable' ? {} : recorded.config;
  const path = typeof config['path'] === 'string' ? config['path'] : 'terraform.tfstate';
  const workspaces = typeof config['workspace_dir'] === 'string' ? config['workspace_dir'] : 'terraform.tfstate.d';
  const usual = workspace === 'default' ? pathIn(folder, path) : resolve(folder, workspaces, workspace, 'terraform.tfstate');
  const file = stateFile === null ? usual : pathIn(folder, stateFile);
  const text = await filesOnDisk.read(file);
  if (text !== null) return stateOf(text);
  const isThere = (await filesOnDisk.hasFolder(file)) || ((await filesOnDisk.names(dirname(file))) ?? []).includes(basename(file));
  return isThere ? 'unseen' : 'none';
}

type HeldResource = NonNullable<z.infer<typeof State>['resources']>[number];

/** What a state file says. One from before version 4 tells too little, and so does one that names no provider of a resource. */
export function stateOf(text: string): StateContent {
  const state = State.safeParse(parsed(text));
  if (!state.success) return 'unseen';
  const held: StateResource[] = [];
  // Data sources are not destroyed.
  for (const resource of (state.data.resources ?? []).filter(({ mode }) => mode === 'managed')) {
    for (const [written, keys] of keysByProvider(resource)) {
      const provider = providerIn(written);
      if (provider === null) return 'unseen';
      const { module = '', type, name } = resource;
      held.push({ path: pathOf(module), type, name, keys, isInKeyedModule: module.includes('['), provider });
    }
  }
  return held;
}

/** The keys of a resource's instances, by the provider of each as it is written. A resource without instances has none, and nothing to be destroyed. */
function keysByProvider({ provider, instances = [{}] }: HeldResource): ReadonlyMap<string, StateResource['keys'][number][]> {
  const keys = new Map<string, StateResource['keys'][number][]>();
  for (const instance of instances) {
    const written = instance.provider ?? provider ?? '';
    const known = keys.get(written) ?? [];
    known.push(instance.index_key ?? null);
    keys.set(written, known);
  }
  return keys;
}

/** A configuration in `module.m.provider["registry.terraform.io/hashicorp/aws"].logs`; an instance of one with `for_each` is named by that. */
function providerIn(written: string): StateResource['provider'] | null {
  const [, module, source, alias = ''] = /^(.*?)\.?provider\["([^"]+)"\](?:\.([^[]+)(?:\[.*\])?)?$/.exec(written) ?? [];
  return module === undefined || source === undefined ? null : { path: pathOf(module), source, alias };
}

/** The names in `module.a["x"].module.b[0]`. */
function pathOf(address: string): readonly string[] {
  return [...address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '').matchAll(/module\.([^.]+)/g)].flatMap(([, name]) => name ?? []);
}

/** Undefined for what is not JSON. */
function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
