import type { AccountIds } from '../../../contract/terraform-project.ts';
import { valueOf, type Scope } from '../language/evaluate.ts';
import type { ExpressionTree, TemplateTree } from '../language/expression-tree.ts';
import { isKnown, isList, textOf, type Value } from '../language/value.ts';

/** The provider whose account a condition compares, and with what. */
export type Compared = { readonly provider: string; readonly accountIds: AccountIds };

/**
 * Which provider's account a name stands for: the address of that provider for `data.aws_caller_identity.x.account_id`,
 * for `self.account_id` and for a local that stands for one of them; null for every other name.
 */
export type AccountName = (traversal: ExpressionTree['meta']['traversal']) => Promise<string | null>;

/** The accounts that a condition asks for; empty when it looks at none. */
export async function accountsAskedFor({ tree, source }: TemplateTree, scope: Scope, accountName: AccountName): Promise<readonly Compared[]> {
  const context = { ...scope, source };
  return asked(tree);

  async function asked(node: ExpressionTree): Promise<readonly Compared[]> {
    const [first, second] = node.children;
    if (first === undefined) return [];
    if (isWrapper(node)) return asked(first);
    if (second !== undefined && node.type === 'binaryOp') {
      if (node.meta.operator === 'logicalAnd') return both(await asked(first), await asked(second));
      if (node.meta.operator === 'logicalOr') return either(await asked(first), await asked(second), node);
      if (node.meta.operator === 'equal') return compared(await nameIn(first), second) ?? compared(await nameIn(second), first) ?? mentioned(node);
    }
    if (node.type === 'function' && node.meta.name === 'contains' && second !== undefined) {
      return contained(await nameIn(second), first) ?? mentioned(node);
    }
    return mentioned(node);
  }

  function compared(provider: string | null, other: ExpressionTree): Promise<readonly Compared[]> | null {
    return provider === null ? null : valueOf(other, context).then((value) => [{ provider, accountIds: idsOf([value], other) }]);
  }

  function contained(provider: string | null, list: ExpressionTree): Promise<readonly Compared[]> | null {
    return provider === null ? null : valueOf(list, context).then((value) => [{ provider, accountIds: isList(value) ? idsOf(value, list) : unknownIds(list) }]);
  }

  /** The provider of a name that stands alone, or inside parentheses or `tostring()`. */
  async function nameIn(node: ExpressionTree): Promise<string | null> {
    const [first] = node.children;
    if (node.type === 'scopeTraversal') return accountName(node.meta.traversal);
    const isSame = isWrapper(node) || (node.type === 'function' && node.meta.name === 'tostring');
    return isSame && first !== undefined ? nameIn(first) : null;
  }

  /** Any other condition that looks at an account asks for something that only Terraform can evaluate. */
  async function mentioned(node: ExpressionTree): Promise<readonly Compared[]> {
    const providers = new Set<string>();
    const visit = async (at: ExpressionTree): Promise<void> => {
      const provider = at.type === 'scopeTraversal' ? await accountName(at.meta.traversal) : null;
      if (provider !== null) providers.add(provider);
      for (const child of at.children) await visit(child);
    };
    await visit(node);
    return [...providers].map((provider) => ({ provider, accountIds: unknownIds(node) }));
  }

  /** Alternatives say something only where both are about the same account. */
  async function either(left: readonly Compared[], right: readonly Compared[], node: ExpressionTree): Promise<readonly Compared[]> {
    const [a, ...moreLeft] = left;
    const [b, ...moreRight] = right;
    const isOne = moreLeft.length === 0 && moreRight.length === 0 && a?.provider === b?.provider;
    if (isOne && a?.accountIds.kind === 'known' && b?.accountIds.kind === 'known') {
      return [{ provider: a.provider, accountIds: { kind: 'known', value: [...new Set([...a.accountIds.value, ...b.accountIds.value])] } }];
    }
    return mentioned(node);
  }
}

/** Both sides have to hold, so of two lists for one provider only the accounts in both are asked for. */
function both(left: readonly Compared[], right: readonly Compared[]): readonly Compared[] {
  const only = right.filter(({ provider }) => !left.some((other) => other.provider === provider));
  return [...left.map((one) => right.filter(({ provider }) => provider === one.provider).reduce(narrowed, one)), ...only];
}

function narrowed({ provider, accountIds: a }: Compared, { accountIds: b }: Compared): Compared {
  if (a.kind === 'unknown' || b.kind === 'unknown') return { provider, accountIds: a.kind === 'known' ? a : b };
  return { provider, accountIds: { kind: 'known', value: a.value.filter((id) => b.value.includes(id)) } };
}

function isWrapper({ type, children }: ExpressionTree): boolean {
  return type === 'templateWrap' || ((type === '' || type === 'template') && children.length === 1);
}

function idsOf(values: readonly Value[], node: ExpressionTree): AccountIds {
  const texts = values.flatMap((value) => textOf(value) ?? []);
  return values.every(isKnown) && texts.length === values.length ? { kind: 'known', value: texts } : unknownIds(node);
}

function unknownIds({ meta }: ExpressionTree): AccountIds {
  return { kind: 'unknown', expression: meta.value.slice(0, 2_048) };
}
