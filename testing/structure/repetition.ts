import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** Shorter functions and patterns are too common to count as a rule. */
const functionLengthMin = 60;
const patternLengthMin = 12;

/** Lists of fewer values are often alike by chance. */
const listLengthMin = 3;

/**
 * What is written more than once in `files`: named functions with the same body, lists of the same literals
 * in any order, and patterns for a whole text. Each entry gives its places as `FILE:LINE`.
 */
export function repetitions(root: string, files: readonly string[]): readonly string[] {
  const places = new Map<string, string[]>();
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    const note = (rule: string, start: number): void => {
      places.set(rule, [...(places.get(rule) ?? []), `${file}:${text.slice(0, start).split('\n').length}`]);
    };
    new Visitor({
      FunctionDeclaration({ body, start }) {
        const written = body === null ? '' : withoutComments(text.slice(body.start, body.end));
        if (written.length >= functionLengthMin) note(written, start);
      },
      ArrayExpression({ elements, start }) {
        const values = elements.flatMap((element) => (element?.type === 'Literal' ? [element.raw ?? ''] : []));
        if (values.length === elements.length && values.length >= listLengthMin) note(`[${values.toSorted().join(', ')}]`, start);
      },
      Literal({ raw, start, ...literal }) {
        if ('regex' in literal && literal.regex.pattern.length >= patternLengthMin && /^\^.*\$$/s.test(literal.regex.pattern)) note(raw ?? '', start);
      },
    }).visit(parseSync(file, text).program);
  }
  return [...places].filter(([, where]) => where.length > 1).map(([rule, where]) => `${where.join(', ')}: ${rule}`);
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*.*?\*\/|(?<=^|\s)\/\/[^\n]*/gs, '').replaceAll(/\s+/g, ' ');
}
