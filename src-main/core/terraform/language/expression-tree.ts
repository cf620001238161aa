import { z } from 'zod';

/**
 * The parts that the app reads of an HCL expression's syntax tree, as `@cdktn/hcl2json` gives it. A type
 * that the app does not evaluate, such as a `for` expression, has no value before Terraform runs.
 */
export type ExpressionTree = {
  /** Empty for parentheses and the keys of objects. */
  readonly type: string;
  readonly children: readonly ExpressionTree[];
  readonly meta: {
    /** What the source says. */
    readonly value: string;
    /** For a function call, the function. */
    readonly name: string;
    readonly expandedFinalArgument: boolean;
    /** For an operation, such as `equal`. */
    readonly operator: string;
    /** For a literal: `string`, `number`, `bool`, or `dynamic` for null. */
    readonly type: string;
    /** For an access to an attribute or an element. The segment of an index is written as in the source. */
    readonly traversal: readonly { readonly type: 'nameTraversal' | 'indexTraversal'; readonly segment: string }[];
  };
  /** In bytes of the source. */
  readonly range: { readonly start: { readonly byte: number }; readonly end: { readonly byte: number } };
};

const Marker = z.object({ byte: z.number() });
const text = z.string().catch('');
const noMeta = { value: '', name: '', expandedFinalArgument: false, operator: '', type: '', traversal: [] };

export const ExpressionTree: z.ZodType<ExpressionTree> = z.object({
  type: text,
  get children() {
    return z
      .array(ExpressionTree)
      .nullable()
      .default([])
      .transform((children) => children ?? []);
  },
  meta: z
    .object({
      value: text,
      name: text,
      expandedFinalArgument: z.boolean().catch(false),
      operator: text,
      type: text,
      traversal: z.array(z.object({ type: z.enum(['nameTraversal', 'indexTraversal']), segment: z.string() })).catch([]),
    })
    .nullish()
    .transform((meta) => meta ?? noMeta),
  range: z.object({ start: Marker, end: Marker }),
});

/** Reads a template, which is the text between quotes but without escapes, into its tree; null when it is not one. */
export type ReadTemplate = (template: string) => Promise<TemplateTree | null>;

export type TemplateTree = { readonly tree: ExpressionTree; readonly source: string };
