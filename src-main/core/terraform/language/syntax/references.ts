import type { Expression, Reference, Step } from './expression.ts';

/** How many names of a reference are given along; `module.x.y` needs two. */
const namesMax = 2;

/** The names that an expression takes from its scope, each once. Those that a `for` gives are not among them. */
export function referencesIn(expression: Expression): readonly Reference[] {
  const found = new Map<string, Reference>();
  visit(expression, new Set());
  return [...found.values()];

  function visit(node: Expression, bound: ReadonlySet<string>): void {
    if (node.kind === 'traversal' && !bound.has(node.root)) {
      const reference = referenceOf(node.root, node.steps);
      found.set(keyOf(reference), reference);
    }
    if (node.kind !== 'for') {
      for (const child of childrenOf(node)) visit(child, bound);
      return;
    }
    visit(node.of, bound);
    const inner = new Set([...bound, node.valueName, ...(node.keyName === null ? [] : [node.keyName])]);
    for (const child of [node.key, node.value, node.condition]) if (child !== null) visit(child, inner);
  }
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
