import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import en from '../../assets/locales/en/ui.json';
import ja from '../../assets/locales/ja/ui.json';

type Messages = { readonly [key: string]: string | Messages };

const english = flat(en);
const japanese = flat(ja);

describe('the catalogue of the windows', () => {
  it('the catalogue of the windows has the same keys in both languages', () => {
    expect([...japanese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('the catalogue of the windows has the same placeholders in both languages', () => {
    const placeholdersOf = (messages: ReadonlyMap<string, string>) => Object.fromEntries([...messages].map(([key, text]) => [key, placeholders(text)]));
    expect(placeholdersOf(japanese)).toEqual(placeholdersOf(english));
  });

  it('the catalogue of the windows leaves no message empty', () => {
    expect([...english, ...japanese].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('the catalogue of the windows has every key that the windows use, with every placeholder filled', () => {
    const uses = usesInSources();
    expect(uses.length).toBeGreaterThan(50);
    const wrong = uses.filter(({ pattern, params }) => {
      const texts = [...english].filter(([key]) => pattern.test(key)).map(([, text]) => text);
      return texts.length === 0 || texts.some((text) => placeholders(text).join() !== params.join());
    });
    expect(wrong).toEqual([]);
  });

  it('the catalogue of the windows has no key that no window uses', () => {
    const uses = usesInSources();
    expect([...english.keys()].filter((key) => !uses.some(({ pattern }) => pattern.test(key)))).toEqual([]);
  });
});

function flat(messages: Messages, prefix = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([name, message]): (readonly [string, string])[] =>
      typeof message === 'string' ? [[prefix + name, message]] : [...flat(message, `${prefix}${name}.`)],
    ),
  );
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name ?? '').sort();
}

/** A call of `t`: the keys that it may mean, and the params that it gives. */
type Use = { readonly pattern: RegExp; readonly params: string[] };

/** Reads `t('key', { … })` and `` t(`group.${part}`) `` from the sources; the errors have their own catalogue. */
function usesInSources(): readonly Use[] {
  const root = resolve(import.meta.dirname, '..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name));
  return files.flatMap((name) => usesIn(join(root, name)));
}

function usesIn(file: string): readonly Use[] {
  const uses: Use[] = [];
  new Visitor({
    CallExpression({ callee, arguments: [key, params] }) {
      const name = callee.type === 'MemberExpression' ? callee.property : callee;
      if (name.type !== 'Identifier' || name.name !== 't' || key === undefined) return;
      const pattern = keyPattern(key);
      if (pattern !== null) uses.push({ pattern, params: paramNames(params) });
    },
  }).visit(parseSync(file, readFileSync(file, 'utf8')).program);
  return uses;
}

type Node = { readonly type: string };
type TemplateLiteral = Node & { readonly quasis: readonly { readonly value: { readonly raw: string } }[] };

function keyPattern(key: Node): RegExp | null {
  if (key.type === 'Literal' && 'value' in key) return exactly([String(key.value)]);
  if (isTemplate(key)) return exactly(key.quasis.map(({ value }) => value.raw));
  return null;
}

function isTemplate(node: Node): node is TemplateLiteral {
  return node.type === 'TemplateLiteral';
}

function exactly(parts: readonly string[]): RegExp {
  return new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[^.]+')}$`);
}

function paramNames(params: Node | undefined): string[] {
  if (params === undefined || params.type !== 'ObjectExpression' || !('properties' in params)) return [];
  const properties = params.properties as readonly { readonly key: { readonly name: string } }[];
  return properties.map(({ key }) => key.name).sort();
}
