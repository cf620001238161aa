import { evaluateExpression } from '../language/evaluate.ts';
import { providersBehind } from '../language/module-scope.ts';
import type { Scope } from '../language/scope.ts';
import type { Expression, Step } from '../language/syntax/expression.ts';
import { parseTemplate } from '../language/syntax/parse.ts';
import { childrenOf } from '../language/syntax/references.ts';
import { textOf } from '../language/values/convert.ts';

/** How often a member may stand for another one. */
const depthMax = 20;

/**
 * An expression in which a member of a local, such as `local.ids["prod"]`, is replaced by what the local has in its
 * place. So it depends on what that one member depends on, and not on its neighbours. That a neighbour cannot be worked
 * out is said by the local itself. Inside of a `for` nothing is replaced, since its names could hide others.
 */
export async function writtenOut(expression: Expression, locals: ReadonlyMap<string, unknown>, scope: Scope, depth = 0): Promise<Expression> {
  const parts = childrenOf(expression);
  const replaced = await replacedIn(expression, locals, scope, depth);
  // Results are shared by expression, so one in which nothing was replaced has to stay the same one.
  const isSame = replaced.kind === expression.kind && replaced.kind !== 'traversal' && childrenOf(replaced).every((part, index) => part === parts[index]);
  return isSame ? expression : replaced;
}

async function replacedIn(expression: Expression, locals: ReadonlyMap<string, unknown>, scope: Scope, depth: number): Promise<Expression> {
  const inner = (one: Expression): Promise<Expression> => writtenOut(one, locals, scope, depth);
  const all = async (many: readonly Expression[]): Promise<readonly Expression[]> => {
    const done: Expression[] = [];
    for (const one of many) done.push(await inner(one));
    return done;
  };
  switch (expression.kind) {
    case 'traversal': {
      const found = depth < depthMax ? await memberOf(expression, locals, scope) : null;
      return found === null ? expression : writtenOut(found, locals, scope, depth + 1);
    }
    case 'template':
      return { ...expression, parts: await all(expression.parts) };
    case 'tuple':
      return { ...expression, items: await all(expression.items) };
    case 'access':
      return { ...expression, of: await inner(expression.of) };
    case 'conditional':
      return { ...expression, condition: await inner(expression.condition), yes: await inner(expression.yes), no: await inner(expression.no) };
    case 'unary':
      return { ...expression, of: await inner(expression.of) };
    case 'binary':
      return { ...expression, left: await inner(expression.left), right: await inner(expression.right) };
    case 'call':
      // Terraform wants a reference there.
      return expression.name === 'templatestring' ? expression : { ...expression, args: await all(expression.args) };
    default:
      return expression;
  }
}

type Traversal = Extract<Expression, { kind: 'traversal' }>;

/** What stands behind `local.name` and at least one more step; null where that is not written as an object or a tuple. */
async function memberOf({ root, steps }: Traversal, locals: ReadonlyMap<string, unknown>, scope: Scope): Promise<Expression | null> {
  const [name, ...further] = steps;
  if (root !== 'local' || name?.kind !== 'attribute' || further.length === 0) return null;
  let at = locals.get(name.name);
  for (const [count, step] of further.entries()) {
    if (typeof at === 'string') return count === 0 ? null : behind(at, further.slice(count));
    const key = await keyOf(step, scope);
    const item = key === null ? undefined : itemOf(at, key);
    if (item === undefined) return null;
    at = item;
  }
  return typeof at === 'string' ? behind(at, []) : null;
}

function behind(text: string, steps: readonly Step[]): Expression | null {
  const tree = parseTemplate(text);
  if (tree?.kind === 'traversal') return { ...tree, steps: [...tree.steps, ...steps] };
  return tree === null ? null : steps.reduce<Expression>((of, step) => ({ kind: 'access', of, step }), tree);
}

/** The key of a step; null where it is not known, or depends on an account. */
async function keyOf(step: Step, scope: Scope): Promise<string | null> {
  if (step.kind === 'attribute') return step.name;
  if ((await providersBehind(step.key, scope)).size > 0) return null;
  return textOf(await evaluateExpression(step.key, scope));
}

/** Undefined where it is not certain which item a key means. */
function itemOf(json: unknown, key: string): unknown {
  if (Array.isArray(json)) return /^\d{1,4}$/.test(key) ? json[Number(key)] : undefined;
  if (typeof json !== 'object' || json === null || Object.keys(json).some((name) => /[$%]\{/.test(name))) return undefined;
  return Object.entries(json).find(([name]) => name.normalize('NFC') === key)?.[1];
}
