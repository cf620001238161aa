import type { Place } from '../../../contract/terraform-project.ts';
import type { Body } from '../structure/body.ts';

/** A block with its labels, such as `["aws_s3_bucket", "logs"]`. */
export type Block = {
  readonly labels: readonly string[];
  readonly body: Body;
  readonly place: Place;
  /** Set for a provider of a test that answers in the place of AWS. */
  readonly isMock?: true;
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

/** A reference such as `aws.logs`, with or without the marks of an expression around it. */
export function referenceOf(json: unknown): string | null {
  if (typeof json !== 'string') return null;
  // An instance of a configuration with `for_each` is named by the configuration.
  return withoutMarks(json)
    .trim()
    .replace(/\s*\[.*\]$/s, '');
}

/** An expression as the file has it, without the `${` and `}` around it. */
export function withoutMarks(said: string): string {
  return /^\$\{(.*)\}$/s.exec(said)?.[1] ?? said;
}

/** The provider that a resource uses: by default the one that the first word of its type names. */
export function referenceTo(type: string, body: Body): string {
  return referenceOf(body['provider']) ?? type.split('_')[0] ?? '';
}
