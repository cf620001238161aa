import type { Place } from '../../../contract/terraform-project.ts';
import type { Body } from '../structure/body.ts';
import { asWritten, constantText } from './constant.ts';
import type { Expression } from './syntax/expression.ts';
import { parseExpression, parseTemplate } from './syntax/parse.ts';

/** A block with its labels, such as `["aws_s3_bucket", "logs"]`. */
export type Block = {
  readonly labels: readonly string[];
  readonly body: Body;
  readonly place: Place;
  /** Set for a provider of a test that answers in the place of AWS, and for what a test overrides. */
  readonly isMock?: true;
  /** Set for a variable that an override file changed: the type in the file that it stands in, and the one beside its default. */
  readonly types?: { readonly first: unknown; readonly ofDefault: unknown };
};

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

/** A name with the steps behind it. Terraform takes one between quotes too; null for anything else. */
export function traversalIn(json: unknown): Extract<Expression, { kind: 'traversal' }> | null {
  const said = typeof json === 'string' ? parseTemplate(json) : null;
  const expression = said?.kind === 'literal' && typeof said.value === 'string' ? parseExpression(said.value) : said;
  return expression?.kind === 'traversal' ? expression : null;
}

/**
 * A reference to a provider as `aws.logs`, however it is written; an instance of a configuration with
 * `for_each` is named by the configuration. What is no reference stays as it is written, and is no name.
 */
export function referenceOf(json: unknown): string {
  const said = traversalIn(json);
  if (said === null) return asWritten(json);
  const first = said.steps.findIndex(({ kind }) => kind === 'index');
  const names = said.steps.slice(0, first === -1 ? undefined : first).map((step) => (step.kind === 'attribute' ? step.name : ''));
  return [said.root, ...names].join('.');
}

/** An expression as the file has it, without the `${` and `}` around it. */
export function withoutMarks(said: string): string {
  return /^\$\{(.*)\}$/s.exec(said)?.[1] ?? said;
}

/** The provider that a resource uses: by default the one that the first word of its type names. */
export function referenceTo(type: string, { provider = null }: Body): string {
  return provider === null ? (type.split('_')[0] ?? '') : referenceOf(provider);
}

/** What tells a configuration of a provider from its others; empty for the default one. */
export function aliasOf({ alias = null }: Body): string {
  return alias === null ? '' : (constantText(alias) ?? asWritten(alias));
}

/** The reference by which resources of its module name a configuration, such as `aws.logs`. */
export function referenceFor({ labels: [local = ''], body }: Pick<Block, 'labels' | 'body'>): string {
  const alias = aliasOf(body);
  return alias === '' ? local : `${local}.${alias}`;
}
