import type { Expression, Reference, Step } from './expression.ts';

/** How many names of a reference are given along; `module.x.y` needs two. */
const namesMax = 2;

/** What an expression takes from its scope. */
export type Needs = {
  /** By their keys, each once. Those that a `for` gives are not among them. */
  readonly references: ReadonlyMap<string, Reference>;
  /** The functions that it calls. */
  readonly calls: ReadonlySet<string>;
  /** Whether it has more to do than to pick values out, and means the same in every module; the name of a provider's function does not. */
  readonly isWorthKeeping: boolean;
};

/** An expression is evaluated for each instance and account, and never changes. */
const known = new WeakMap<Expression, Needs>();

export function needsOf(expression: Expression): Needs {
  const needs = known.get(expression) ?? foundIn(expression);
  known.set(expression, needs);
  return needs;
}

export function referencesIn(expression: Expression): readonly Reference[] {
  return [...needsOf(expression).references.values()];
}

/** One node after the other: a thousand operators in a row are a thousand levels. */
function foundIn(expression: Expression): Needs {
  const references = new Map<string, Reference>();
  const left: (readonly [node: Expression, bound: ReadonlySet<string>])[] = [[expression, new Set()]];
  const calls = new Set<string>();
  let hasWork = false;
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [node, bound] = next;
    if (node.kind === 'traversal' && !bound.has(node.root)) {
      const reference = referenceOf(node.root, node.steps);
      references.set(keyOf(reference), reference);
    }
    hasWork ||= node.kind === 'call' || node.kind === 'for' || node.kind === 'splat';
    if (node.kind === 'call') calls.add(node.name);
    const children = childrenOf(node).map((child) => [child, bound] as const);
    left.push(...(node.kind === 'for' ? childrenOfFor(node, bound) : children).toReversed());
  }
  return { references, calls, isWorthKeeping: hasWork && ![...calls].some((name) => name.startsWith('provider::')) };
}

function childrenOfFor(node: Extract<Expression, { kind: 'for' }>, bound: ReadonlySet<string>): readonly (readonly [Expression, ReadonlySet<string>])[] {
  const inner = new Set([...bound, node.valueName, ...(node.keyName === null ? [] : [node.keyName])]);
  const inside = [node.key, node.value, node.condition].flatMap((child) => (child === null ? [] : [[child, inner] as const]));
  return [[node.of, bound], ...inside];
}

export function referenceOf(root: string, steps: readonly Step[]): Reference {
  const names: string[] = [];
  for (const step of steps.slice(0, namesMax)) {
    if (step.kind !== 'attribute') break;
    names.push(step.name);
  }
  return { root, names };
}

export function keyOf({ root, names }: Reference): string {
  return [root, ...names].join('.');
}

/** The key of what a name stands for as a whole: one local, however many of its attributes are asked for. */
export function wholeKeyOf({ root, names }: Reference): string {
  return keyOf({ root, names: root === 'module' || root === 'data' ? names : names.slice(0, 1) });
}

/** The expressions of which another one consists; not those of a `for`, which has names of its own. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'template':
      return node.parts;
    case 'join':
    case 'unary':
      return [node.of];
    case 'tuple':
      return node.items;
    case 'object':
      return node.items.flat();
    case 'traversal':
      return node.steps.flatMap((step) => (step.kind === 'index' ? [step.key] : []));
    case 'access':
      return [node.of, ...(node.step.kind === 'index' ? [node.step.key] : [])];
    case 'splat':
      return [node.of, node.each];
    case 'conditional':
      return [node.condition, node.yes, node.no];
    case 'binary':
      return [node.left, node.right];
    case 'call':
      return node.args;
    default:
      return [];
  }
}
