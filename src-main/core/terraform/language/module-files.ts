import type { Place } from '../../../contract/terraform-project.ts';
import { positionOf, type Body } from '../structure/body.ts';
import { bodiesOf, labelled, referenceOf, type Block } from './blocks.ts';
import { asWritten, constantText } from './constant.ts';
import { isOverride, overridden, type OverrideFault } from './override-files.ts';
import { byCodePoints } from './values/value.ts';

/** A file of a module, read. */
export type ModuleFile = {
  /** As a path from the project's folder. */
  readonly path: string;
  readonly body: Body;
};

/** What a module says of a provider in `required_providers`. */
export type ProviderRequirement = {
  /** As the file has it; null where it names none. */
  readonly source: string | null;
  /** The references, such as `aws.dns`, that the module wants from its caller. */
  readonly configurationAliases: readonly string[];
};

/** The blocks of a module that have to do with accounts, with its override files applied. */
export type Module = {
  readonly providers: readonly Block[];
  readonly variables: readonly Block[];
  readonly locals: ReadonlyMap<string, unknown>;
  readonly data: readonly Block[];
  readonly resources: readonly Block[];
  /** Resources that no state holds. */
  readonly ephemeral: readonly Block[];
  readonly outputs: readonly Block[];
  readonly checks: readonly Block[];
  readonly modules: readonly Block[];
  readonly imports: readonly Block[];
  readonly removed: readonly Block[];
  readonly moved: readonly Block[];
  /** Of kinds that came after those that are read here, such as `action` of Terraform 1.14. They may use a provider as a resource does. */
  readonly others: readonly Block[];
  /** The `backend` or `cloud` block; one of `cloud` has no label. */
  readonly backend: Block | null;
  /** By the names that the module gives its providers. */
  readonly requirements: ReadonlyMap<string, ProviderRequirement>;
};

/** The kinds of blocks that an override file may change, and how many labels each has. */
const overridable = { provider: 1, variable: 1, data: 2, resource: 2, ephemeral: 2, output: 1, module: 1 } as const;
/** Those that it may not even hold. */
const fixed = { check: 1, import: 0, removed: 0, moved: 0 } as const;

const kinds: ReadonlySet<string> = new Set([...Object.keys(overridable), ...Object.keys(fixed), 'locals', 'terraform', '//']);

/**
 * Puts a module's files together (Terraform language documentation, "Files and Directories" and "Override
 * Files"). Fails with the place of an override that Terraform refuses.
 */
export function moduleOf(files: readonly ModuleFile[]): { readonly ok: true; readonly value: Module } | { readonly ok: false; readonly fault: OverrideFault } {
  const ordered = [...files].sort((a, b) => byCodePoints(a.path, b.path));
  const primary = ordered.filter((file) => !isOverride(file.path));
  const overrides = ordered.filter((file) => isOverride(file.path));
  const faults: OverrideFault[] = [];
  const collect = (keyword: keyof typeof overridable): readonly Block[] => {
    const found = (some: readonly ModuleFile[]) => some.flatMap((file) => blocksIn(file, keyword, overridable[keyword]));
    const { blocks, fault } = overridden(keyword, found(primary), found(overrides));
    if (fault !== null) faults.push(fault);
    return blocks;
  };
  const collectFixed = (keyword: keyof typeof fixed): readonly Block[] => {
    const [wrong] = overrides.flatMap((file) => blocksIn(file, keyword, fixed[keyword]));
    if (wrong !== undefined) faults.push({ place: wrong.place, reason: `Cannot override “${keyword}” blocks` });
    return primary.flatMap((file) => blocksIn(file, keyword, fixed[keyword]));
  };
  const locals = new Map<string, unknown>();
  for (const file of [...primary, ...overrides]) {
    for (const { body, place } of blocksIn(file, 'locals', 0)) {
      for (const [name, value] of Object.entries(body)) {
        if (isOverride(file.path) && !locals.has(name)) faults.push({ place, reason: `Missing base local value definition to override: ${name}` });
        locals.set(name, value);
      }
    }
  }
  const settings = [...primary, ...overrides].flatMap((file) => blocksIn(file, 'terraform', 0));
  const value: Module = {
    providers: collect('provider'),
    variables: collect('variable'),
    locals,
    data: collect('data'),
    resources: collect('resource'),
    ephemeral: collect('ephemeral'),
    outputs: collect('output'),
    checks: collectFixed('check'),
    modules: collect('module'),
    imports: collectFixed('import'),
    removed: collectFixed('removed'),
    moved: collectFixed('moved'),
    others: ordered.flatMap(({ path, body }) =>
      Object.entries(body).flatMap(([kind, said]) =>
        kinds.has(kind) ? [] : blocksBelow(said).map((block) => ({ ...block, place: placeIn(path, block.body) })),
      ),
    ),
    // One in an override file comes last, and replaces the others.
    backend: settings.flatMap(backendsIn).at(-1) ?? null,
    requirements: new Map(settings.flatMap(({ body }) => bodiesOf(body['required_providers']).flatMap(requirementsIn))),
  };
  const [fault] = faults;
  return fault === undefined ? { ok: true, value } : { ok: false, fault };
}

/** A module's data sources, and those that stand in its checks, each at the place of its check. */
export function dataIn({ data, checks }: Module): readonly Block[] {
  return [...data, ...checks.flatMap(({ body, place }) => labelled(body['data'], 2).map((block) => ({ ...block, place })))];
}

/** The blocks of a kind with so many labels, each with its place. */
export function blocksIn({ path, body }: ModuleFile, keyword: string, count: number): readonly Block[] {
  return labelled(body[keyword], count).map((block) => ({ ...block, place: placeIn(path, block.body) }));
}

function placeIn(file: string, body: Body): Place {
  return { file, line: positionOf(body)?.line ?? null };
}

/** Blocks of a kind of which it is not known how many labels they have; in JSON, the least that they may have. */
function blocksBelow(json: unknown, labels: readonly string[] = []): readonly Pick<Block, 'labels' | 'body'>[] {
  if (Array.isArray(json)) return bodiesOf(json).map((body) => ({ labels, body }));
  const [body] = bodiesOf(json);
  if (body === undefined) return [];
  const below = Object.entries(body).flatMap(([label, inner]) => blocksBelow(inner, [...labels, label]));
  return 'provider' in body ? [{ labels, body }, ...below] : below;
}

function backendsIn({ body, place }: Block): readonly Block[] {
  const line = (own: Body): Place => ({ ...place, line: positionOf(own)?.line ?? place.line });
  const backends = labelled(body['backend'], 1).map((one): Block => ({ ...one, place: line(one.body) }));
  return [...backends, ...bodiesOf(body['cloud']).map((own): Block => ({ labels: [], body: own, place: line(own) }))];
}

function requirementsIn(providers: Body): readonly (readonly [string, ProviderRequirement])[] {
  return Object.entries(providers).map(([name, said]) => {
    // Its keys may be expressions, and so may the source.
    const named = new Map(bodiesOf(said).flatMap((body) => Object.entries(body).map(([key, value]) => [constantText(key) ?? key, value] as const)));
    const [source = null, aliases] = [named.get('source'), named.get('configuration_aliases')];
    return [
      name,
      {
        source: source === null ? null : (constantText(source) ?? asWritten(source)),
        configurationAliases: Array.isArray(aliases) ? aliases.map(referenceOf) : [],
      },
    ];
  });
}
