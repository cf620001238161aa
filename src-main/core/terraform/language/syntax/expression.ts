/** An expression of Terraform's language (HCL native syntax specification, "Expressions"). */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | boolean | null }
  /** Its text, since a double may not hold it. */
  | { readonly kind: 'number'; readonly text: string }
  /** Parts that become one text. An expression that stands alone between quotes is not in one of these. */
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  /** `%{ for }`: the texts of all items after each other. */
  | { readonly kind: 'join'; readonly of: Extract<Expression, { kind: 'for' }> }
  | { readonly kind: 'tuple'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly items: readonly (readonly [key: Expression, value: Expression])[] }
  /** `var.x["y"].z`: a name that the scope knows, or that a `for` has given, and the steps from it. */
  | { readonly kind: 'traversal'; readonly root: string; readonly steps: readonly Step[] }
  | { readonly kind: 'access'; readonly of: Expression; readonly step: Step }
  /** `each` is evaluated for every item, which it has as `current`. */
  | { readonly kind: 'splat'; readonly of: Expression; readonly each: Expression }
  | { readonly kind: 'current' }
  | {
      readonly kind: 'for';
      readonly keyName: string | null;
      readonly valueName: string;
      readonly of: Expression;
      /** Null in a `for` that makes a tuple. */
      readonly key: Expression | null;
      readonly value: Expression;
      readonly condition: Expression | null;
      readonly isGrouped: boolean;
    }
  | { readonly kind: 'conditional'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly isExpanded: boolean };

export type Step = { readonly kind: 'attribute'; readonly name: string } | { readonly kind: 'index'; readonly key: Expression };

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<=' | '>=' | '<' | '>' | '+' | '-' | '*' | '/' | '%';

/** A name that an expression takes from its scope, as far as it is written out: `var.x`, `data.aws_caller_identity.current`. */
export type Reference = { readonly root: string; readonly names: readonly string[] };
