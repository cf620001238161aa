import type { Place } from '../../../contract/terraform-project.ts';

/** A file of a module. `body` is its content as hcl2json gives it, or the parsed JSON of a JSON file. */
export type ModuleFile = {
  /** As a path from the project's folder. */
  readonly path: string;
  readonly text: string;
  readonly body: unknown;
};

export type Body = { readonly [name: string]: unknown };

/** A block with its labels, such as `["aws_s3_bucket", "logs"]`. */
export type Block = { readonly labels: readonly string[]; readonly body: Body; readonly place: Place };

/** The blocks of a module that have to do with accounts, with its override files applied. */
export type Module = {
  readonly providers: readonly Block[];
  readonly variables: readonly Block[];
  readonly locals: ReadonlyMap<string, unknown>;
  readonly data: readonly Block[];
  readonly resources: readonly Block[];
  readonly outputs: readonly Block[];
  readonly checks: readonly Block[];
  readonly modules: readonly Block[];
  readonly backend: Block | null;
  /** The sources of providers by the names that the module gives them. */
  readonly sources: ReadonlyMap<string, string>;
};

/** Puts a module's files together (Terraform language documentation, "Files and Directories" and "Override Files"). */
export function moduleOf(files: readonly ModuleFile[]): Module {
  const ordered = [...files].sort((a, b) => Number(isOverride(a)) - Number(isOverride(b)) || compare(a.path, b.path));
  const collect = (keyword: string, labels: number): readonly Block[] => {
    let blocks: readonly Block[] = [];
    for (const file of ordered) {
      const found = blocksIn(file, keyword, labels);
      blocks = isOverride(file) ? overridden(blocks, found) : [...blocks, ...found];
    }
    return blocks;
  };
  const terraform = ordered.flatMap((file) => blocksIn(file, 'terraform', 0));
  const backends = terraform.flatMap(({ body, place }) => labelled(body['backend'], 1).map(({ labels, body: own }): Block => ({ labels, body: own, place })));
  return {
    providers: collect('provider', 1),
    variables: collect('variable', 1),
    locals: new Map(ordered.flatMap((file) => blocksIn(file, 'locals', 0).flatMap(({ body }) => Object.entries(body)))),
    data: collect('data', 2),
    resources: [...collect('resource', 2), ...collect('ephemeral', 2)],
    outputs: collect('output', 1),
    checks: collect('check', 1),
    modules: collect('module', 1),
    // One in an override file comes last, and replaces the others.
    backend: backends.at(-1) ?? null,
    sources: new Map(
      terraform.flatMap(({ body }) =>
        bodiesOf(body['required_providers']).flatMap((providers) => Object.entries(providers).map(([name, said]) => [name, sourceOf(name, said)] as const)),
      ),
    ),
  };
}

/** All blocks below a key, with `count` labels each. A JSON file may leave out the arrays around single ones. */
export function labelled(json: unknown, count: number): readonly { readonly labels: readonly string[]; readonly body: Body }[] {
  if (count === 0) return bodiesOf(json).map((body) => ({ labels: [], body }));
  return bodiesOf(json).flatMap((level) =>
    Object.entries(level).flatMap(([label, inner]) => labelled(inner, count - 1).map(({ labels, body }) => ({ labels: [label, ...labels], body }))),
  );
}

export function bodiesOf(json: unknown): readonly Body[] {
  if (Array.isArray(json)) return json.flatMap(bodiesOf);
  return typeof json === 'object' && json !== null ? [json as Body] : [];
}

/** A reference such as `aws.logs`, with or without the marks of an expression around it. */
export function referenceOf(json: unknown): string | null {
  return typeof json === 'string' ? (/^\$\{\s*(.*?)\s*\}$/s.exec(json)?.[1] ?? json) : null;
}

function blocksIn({ path, text, body }: ModuleFile, keyword: string, count: number): readonly Block[] {
  const blocks = labelled(
    bodiesOf(body).map((part) => part[keyword]),
    count,
  );
  return blocks.map((block, at) => {
    const same = blocks.filter((other) => isSame(other.labels, block.labels));
    const lines = headerLines(text, keyword, block.labels);
    const nth = blocks.slice(0, at).filter((other) => isSame(other.labels, block.labels)).length;
    // When a comment or a string looks like a header, there are more such lines than blocks.
    const line = lines.length === same.length ? (lines[nth] ?? null) : null;
    return { ...block, place: { file: path, line } };
  });
}

/** The lines, counted from 1, on which such a block begins; the parser does not report them. */
function headerLines(text: string, keyword: string, labels: readonly string[]): readonly number[] {
  const escaped = labels.map((label) => `\\s+"?${label.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}"?`);
  const header = new RegExp(`^\\s*${keyword}${escaped.join('')}\\s*\\{`);
  return text.split('\n').flatMap((line, at) => (header.test(line) ? [at + 1] : []));
}

/** The arguments and blocks of an override replace those of the same name in the block that it overrides. */
function overridden(blocks: readonly Block[], overrides: readonly Block[]): readonly Block[] {
  return blocks.map((block) => {
    const changes = overrides.filter(({ labels, body }) => isSame(labels, block.labels) && body['alias'] === block.body['alias']);
    return changes.length === 0 ? block : { ...block, body: Object.assign({}, block.body, ...changes.map(({ body }) => body)) as Body };
  });
}

function isOverride({ path }: ModuleFile): boolean {
  return /(^|[/\\]|_)override\.(tf|tofu)(\.json)?$/.test(path);
}

function sourceOf(name: string, said: unknown): string {
  const [body] = bodiesOf(said);
  const source = body?.['source'];
  return typeof source === 'string' ? source : `hashicorp/${name}`;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.join('\n') === b.join('\n');
}

/** By code units, as Go sorts. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
