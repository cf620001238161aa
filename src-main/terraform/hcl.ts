import { setFlagsFromString } from 'node:v8';
import type { Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { ExpressionTree, type ReadTemplate } from '../core/terraform/language/expression-tree.ts';

/**
 * HashiCorp's own parser, as WebAssembly. Its 10 MB are loaded only when there is something to read. By default
 * V8 optimises so much of it at once that an ordinary project takes twice the processor time; what a large
 * project runs often is optimised all the same.
 */
const parser = () => {
  setFlagsFromString('--wasm-tiering-budget=100000000');
  return import('@cdktn/hcl2json');
};

/** The content of an HCL file as JSON. Fails with `project-broken` `{file, line, reason}`. */
export async function parseHcl(file: string, text: string): Promise<Result<unknown>> {
  const { parse } = await parser();
  try {
    return succeeded(await parse(file, text));
  } catch (error) {
    return failed(brokenHcl(file, error instanceof Error ? error.message : String(error)));
  }
}

/** The content of a JSON file. Fails as `parseHcl` does. */
export function parseJson(file: string, text: string): Result<unknown> {
  try {
    return succeeded(JSON.parse(text) as unknown);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = Number(/position (\d+)/.exec(reason)?.[1] ?? 0);
    // The rest of the message quotes the file, which may hold a secret.
    return failed(appError('project-broken', { file, line: text.slice(0, position).split('\n').length, reason: 'JSON' }));
  }
}

/** Keeps the trees that were read, because a module may be called several times. */
export function templateReader(): ReadTemplate {
  const trees = new Map<string, ReturnType<ReadTemplate>>();
  return (template) => {
    const known = trees.get(template);
    if (known !== undefined) return known;
    const tree = readTemplate(template);
    trees.set(template, tree);
    return tree;
  };
}

/** A word that no project would use. */
const marker = 'STS_TRAY_END';

/** Parses the template as a heredoc, in which nothing has to be escaped. */
const readTemplate: ReadTemplate = async (template) => {
  const { getExpressionAst } = await parser();
  const source = `<<${marker}\n${template}\n${marker}\n`;
  try {
    const tree = ExpressionTree.safeParse(await getExpressionAst('expression', source));
    return tree.success ? { tree: withoutLastBreak(tree.data), source } : null;
  } catch {
    return null;
  }
};

/** The parser counts the line break before a heredoc's end as part of its text. */
function withoutLastBreak(tree: ExpressionTree): ExpressionTree {
  const last = tree.children.at(-1);
  if (tree.type !== 'template' || last?.type !== 'literalValue' || !last.meta.value.endsWith('\n')) return tree;
  const value = last.meta.value.slice(0, -1);
  const rest = value === '' ? [] : [{ ...last, meta: { ...last.meta, value } }];
  return { ...tree, children: [...tree.children.slice(0, -1), ...rest] };
}

/** `message` is `parse config: [main.tf:2,7-3,1: Invalid expression; Expected …]`; its first diagnostic is reported. */
function brokenHcl(file: string, message: string) {
  const [, line = '1', reason = message] = /:(\d+),\d+(?:-\d+(?:,\d+)?)?: (.*?)(?: \S+:\d+,\d+-[\d,]+: .*)?\]?$/s.exec(message.replace(/^[^[]*\[/, '')) ?? [];
  return appError('project-broken', { file, line: Number(line), reason: reason.trim() });
}
