import { emptyBody, type Body, type OpenBody, type Position, type SyntaxFault } from './body.ts';
import { HclFault, HclText, nestedTooDeep } from './hcl-text.ts';
import { takeValue } from './hcl-value.ts';
import { unescaped } from './lexemes.ts';

/** How deep blocks may be nested; Terraform's own are never deeper than a handful. */
const blocksMax = 50;

/**
 * Reads the structure of a file in HCL's native syntax (HCL native syntax specification, "Structural
 * Elements"): its blocks, in their order and with their places, and its arguments. Expressions are kept
 * as they are written. Takes time in proportion to the text.
 */
export function parseHclFile(source: string): { readonly ok: true; readonly value: Body } | { readonly ok: false; readonly fault: SyntaxFault } {
  const text = new HclText(source.replace(/^\uFEFF/, ''));
  try {
    return { ok: true, value: takeBody(text, 0, { line: 1, offset: 0 }) };
  } catch (error) {
    if (error instanceof HclFault) return { ok: false, fault: text.faultOf(error) };
    throw error;
  }
}

function takeBody(text: HclText, depth: number, at: Position): Body {
  if (depth > blocksMax) text.fail(nestedTooDeep);
  const body = emptyBody(at);
  for (;;) {
    text.skipSpace(true);
    const isAtEnd = text.at >= text.text.length;
    if (isAtEnd || text.text[text.at] === '}') {
      if (isAtEnd === depth > 0) text.fail(isAtEnd ? 'Missing “}”' : 'Unexpected “}”');
      return body;
    }
    const start = text.at;
    const name = text.takeIdentifier() ?? text.fail('Argument or block definition required');
    text.skipSpace(false);
    if (!text.skipOne('=')) takeBlock(text, depth, { body, name, start });
    else if (name in body) text.fail(`Attribute redefined: ${name}`, start);
    else body[name] = takeValue(text, '}', false);
    text.skipSpace(false);
    if (!'\n}'.includes(text.text[text.at] ?? '')) text.fail('Missing newline');
  }
}

type Header = { readonly body: OpenBody; readonly name: string; readonly start: number };

function takeBlock(text: HclText, depth: number, { body, name, start }: Header): void {
  const labels: string[] = [];
  while (!text.skipOne('{')) {
    const word = text.takeIdentifier();
    if (word !== null) labels.push(word);
    else if (text.text[text.at] === '"') labels.push(takeLabel(text));
    else text.fail('Invalid block definition', start);
    text.skipSpace(false);
  }
  const inner = takeBody(text, depth + 1, { line: text.lineAt(start), offset: start });
  text.at += 1;
  const others = listBelow(body, [name, ...labels]) ?? text.fail(`Attribute redefined: ${name}`, start);
  others.push(inner);
}

/** The blocks of one kind and with the same labels; null where something else has that name. */
function listBelow(body: OpenBody, path: readonly string[]): unknown[] | null {
  let level = body;
  for (const step of path.slice(0, -1)) {
    level[step] ??= emptyBody();
    const next = level[step];
    if (typeof next !== 'object' || next === null || Array.isArray(next)) return null;
    level = next as OpenBody;
  }
  const list = (level[path.at(-1) ?? ''] ??= []);
  return Array.isArray(list) ? (list as unknown[]) : null;
}

function takeLabel(text: HclText): string {
  const start = text.at;
  text.skipString(0);
  return unescaped(text.text.slice(start + 1, text.at - 1));
}
