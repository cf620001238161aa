import { Cursor, SyntaxProblem } from './cursor.ts';
import type { Expression } from './expression.ts';
import { readExpression } from './terms.ts';
import { readTemplate } from './templates.ts';

/** Longer texts are not looked into. */
const lengthMax = 1_000_000;

/** Trees that were read, because a module may be called several times. Null for what is no template. */
const trees = new Map<string, Expression | null>();
const treesMax = 20_000;

/** Reads a template, which is the text between quotes but without escapes; null when it is not one. */
export function parseTemplate(text: string): Expression | null {
  const known = trees.get(text);
  if (known !== undefined) return known;
  const tree = text.length > lengthMax ? null : parsed(() => readTemplate(text, readExpression));
  if (trees.size >= treesMax) trees.clear();
  trees.set(text, tree);
  return tree;
}

/** Reads an expression, as a command line gives one; null when it is none. */
export function parseExpression(text: string): Expression | null {
  return parsed(() => {
    // HCL passes over the mark with which some editors begin a file.
    const cursor = new Cursor(text.replace(/^\uFEFF/, ''));
    const expression = readExpression(cursor);
    cursor.skip();
    if (!cursor.isAtEnd) throw new SyntaxProblem(`more at ${cursor.at}`);
    return expression;
  });
}

function parsed(read: () => Expression): Expression | null {
  try {
    return read();
  } catch (error) {
    // An expression may be nested deeper than the stack is.
    if (error instanceof SyntaxProblem || error instanceof RangeError) return null;
    throw error;
  }
}

/** Whether all expressions in a body can be parsed; names of an object's attributes may be expressions too. */
export function isParsable(json: unknown): boolean {
  if (typeof json === 'string') return !/[$%]\{/.test(json) || parseTemplate(json) !== null;
  if (typeof json !== 'object' || json === null) return true;
  return Array.isArray(json) ? json.every(isParsable) : Object.entries(json).every(([name, value]) => isParsable(name) && isParsable(value));
}
