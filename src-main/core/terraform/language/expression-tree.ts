import { z } from 'zod';

/**
 * The parts that are read of the syntax tree of an HCL expression, as `@cdktn/hcl2json` gives it. A type
 * that is not told apart here, such as a `for` expression, has no value before Terraform runs.
 */
export type ExpressionTree = {
  /** Empty for parentheses and the keys of objects. */
  readonly type: string;
  readonly children: readonly ExpressionTree[];
  readonly meta: {
    /** What the source says. */
    readonly value: string;
    /** Of a function call. */
    readonly name: string;
    readonly expandedFinalArgument: boolean;
    /** Of an operation, such as `equal`. */
    readonly operator: string;
    /** Of a literal: `string`, `number`, `bool`, or `dynamic` for null. */
    readonly type: string;
    /** Of an access to an attribute or an element. The segment of an index is written as in the source. */
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

/** Reads a template, as between quotes but without their escapes, into its tree; null where it is none. */
export type ReadTemplate = (template: string) => Promise<TemplateTree | null>;

export type TemplateTree = { readonly tree: ExpressionTree; readonly source: string };
