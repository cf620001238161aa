import { referenceTo, type Block } from '../language/blocks.ts';
import { evaluate, evaluateExpression, expressionsIn } from '../language/evaluate.ts';
import type { Module } from '../language/module-files.ts';
import { providersBehind } from '../language/module-scope.ts';
import { childrenOf } from '../language/syntax/references.ts';
import type { Scope, World } from '../language/scope.ts';
import type { Expression } from '../language/syntax/expression.ts';
import { textOf } from '../language/values/convert.ts';
import { hasStandIn, isWholeAccount } from '../language/values/stand-in.ts';
import { isKnown } from '../language/values/value.ts';

type Surrounding = {
  readonly module: Module;
  readonly scope: Scope;
  /** Accounts that nothing names, for the providers on which the expression depends. */
  readonly identities: World['identities'];
  readonly addressOf: (reference: string) => string;
  /** Through how many locals the expression was reached. */
  readonly depth?: number;
};

/** How many locals may stand for each other. */
const depthMax = 4;

/**
 * Whether an expression comes out the same whichever accounts its providers reach, though what else it depends on is not
 * known: so it says nothing of them. An account may stand in it in three places alone, of which none compares it with a
 * text that could be an account's ID: in a text of which only the length is taken; in one in which a text without any
 * digit is looked for; and beside the owner of what its own provider finds, which is found without an account's ID.
 */
export async function isIndependent(expression: Expression, around: Surrounding, bound: ReadonlySet<string> = new Set()): Promise<boolean> {
  const every = (parts: readonly Expression[], names = bound): Promise<boolean> => inTurn(parts, (part) => isIndependent(part, around, names));
  switch (expression.kind) {
    case 'traversal': {
      if (!(await every(childrenOf(expression)))) return false;
      if (bound.has(expression.root) || (await providersBehind(expression, around.scope)).size === 0) return true;
      return inTurn(localBehind(expression, around), (part) => isIndependent(part, deeper(around)), false);
    }
    case 'for': {
      const names = new Set([...bound, expression.valueName, expression.keyName ?? expression.valueName]);
      const inner = [expression.key, expression.value, expression.condition].flatMap((part) => part ?? []);
      return (await every([expression.of])) && every(inner, names);
    }
    case 'call': {
      const [text, wanted] = expression.args;
      if (await every(expression.args)) return true;
      if (text === undefined || expression.isExpanded) return false;
      if (expression.name === 'length') return isAlwaysAsLong(text, around, bound);
      return wanted !== undefined && seeking.has(expression.name) && (await isPlainText(text, around)) && isWithoutDigits(wanted, around, bound);
    }
    case 'binary':
      return (await every([expression.left, expression.right])) || isOwnership(expression, around);
    default:
      return every(childrenOf(expression));
  }
}

const seeking: ReadonlySet<string> = new Set(['startswith', 'endswith', 'strcontains']);

/** One after the other; `none` is the answer for no parts. */
async function inTurn(parts: readonly Expression[], holds: (part: Expression) => Promise<boolean>, none = true): Promise<boolean> {
  for (const part of parts) if (!(await holds(part))) return false;
  return parts.length > 0 || none;
}

/** What a local is made of, where the whole of it is meant; nothing where that is too deep. */
function localBehind({ root, steps }: Extract<Expression, { kind: 'traversal' }>, { module, depth = 0 }: Surrounding): readonly Expression[] {
  const [name] = steps;
  return root === 'local' && name?.kind === 'attribute' && depth < depthMax ? expressionsIn(module.locals.get(name.name)) : [];
}

function deeper(around: Surrounding): Surrounding {
  return { ...around, depth: (around.depth ?? 0) + 1 };
}

/** Whether it is a text of which only characters that are not known make the length unknown. An ID has twelve digits. */
async function isAlwaysAsLong(text: Expression, around: Surrounding, bound: ReadonlySet<string>): Promise<boolean> {
  const every = (parts: readonly Expression[]): Promise<boolean> => inTurn(parts, (part) => isAlwaysAsLong(part, around, bound));
  if (await isIndependent(text, around, bound)) return true;
  if (text.kind === 'template') return every(text.parts);
  if (text.kind === 'call' && ['lower', 'upper'].includes(text.name)) return every(text.args);
  if (text.kind === 'call' && text.name === 'join') {
    const [separator, items, ...more] = text.args;
    return separator !== undefined && items?.kind === 'tuple' && more.length === 0 && every([separator, ...items.items]);
  }
  if (text.kind !== 'traversal' || bound.has(text.root)) return false;
  const said = text.steps.length === 1 ? localBehind(text, around) : [];
  return (await isPlainText(text, around)) || inTurn(said, (part) => isAlwaysAsLong(part, deeper(around), new Set()), false);
}

/** Whether it is a text in which digits of an account stand at the same places for each account. */
async function isPlainText(text: Expression, { scope, identities }: Surrounding): Promise<boolean> {
  const compared = new Set<string>();
  return typeof (await evaluateExpression(text, scope, { identities, compared })) === 'string' && compared.size === 0;
}

async function isWithoutDigits(text: Expression, around: Surrounding, bound: ReadonlySet<string>): Promise<boolean> {
  const said = (await isIndependent(text, around, bound)) ? textOf(await evaluateExpression(text, around.scope)) : null;
  return said !== null && !/\d/.test(said) && !hasStandIn(said);
}

/** Whether an account is compared with the owner of what its own provider finds. */
async function isOwnership({ operator, left, right }: Extract<Expression, { kind: 'binary' }>, around: Surrounding): Promise<boolean> {
  if (operator !== '==' && operator !== '!=') return false;
  for (const [account, owner] of [
    [left, right],
    [right, left],
  ] as const) {
    const block = ownedBlock(owner, around.module);
    if (block === null || !(await isFoundWithoutAccount(block, around.scope)) || timesOwner(around.module) > 1) continue;
    const behind = await providersBehind(account, around.scope);
    const provider = around.addressOf(referenceTo(block.labels[0] ?? '', block.body));
    const compared = new Set<string>();
    const said = await evaluateExpression(account, around.scope, { identities: around.identities, compared });
    if (behind.size === 1 && behind.has(provider) && typeof said === 'string' && isWholeAccount(said) && compared.size === 0) return true;
  }
  return false;
}

const owned: ReadonlySet<string> = new Set(['aws_vpc', 'aws_subnet', 'aws_security_group', 'aws_route_table', 'aws_internet_gateway']);

function ownedBlock(expression: Expression, { data }: Module): Block | null {
  if (expression.kind !== 'traversal' || expression.root !== 'data') return null;
  const [type, name, ...further] = expression.steps.map((step) => (step.kind === 'attribute' ? step.name : null));
  if (type === undefined || type === null || !owned.has(type) || further.at(-1) !== 'owner_id' || further.length > 2) return null;
  return data.find(({ labels }) => labels[0] === type && labels[1] === name) ?? null;
}

/** How often a module asks for an owner: two conditions may say together which account it is. */
function timesOwner(json: unknown): number {
  if (typeof json === 'string') return json.split('owner_id').length - 1;
  const inner = json instanceof Map || Array.isArray(json) ? [...json] : typeof json === 'object' && json !== null ? Object.values(json) : [];
  return inner.reduce<number>((times, one) => times + timesOwner(one), 0);
}

/** Whether no argument of a data source names an account: its ID is none, and the others are known. */
async function isFoundWithoutAccount({ body }: Block, scope: Scope): Promise<boolean> {
  const passed = new Set(['id', 'vpc_id', 'provider', 'count', 'for_each']);
  for (const [name, json] of Object.entries(body)) {
    if (passed.has(name)) continue;
    const value = await evaluate(json, scope);
    if (!isKnown(value) || /\d{12}/.test(JSON.stringify(value))) return false;
  }
  return true;
}
