import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

type Pattern = { readonly place: string; readonly pattern: string; readonly flags: string };

/** The regular expressions of a file that repeat something without a limit. */
export function repeatingPatterns(root: string, file: string): readonly Pattern[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found: Pattern[] = [];
  new Visitor({
    Literal: (node) => {
      if (!('regex' in node) || !/[*+]|\{\d*,\}/.test(node.regex.pattern)) return;
      found.push({ place: `${file}:${text.slice(0, node.start).split('\n').length}`, pattern: node.regex.pattern, flags: node.regex.flags });
    },
  }).visit(parseSync(file, text).program);
  return found;
}

/** In small steps at first, where some patterns take twice as long for each character. A text of the largest size takes a pattern that looks at each character a few times less than a millisecond. */
const sizes = [20, 23, 26, 29, 200, 1500, 8000] as const;
const limitMs = 25;

/** The text for which a pattern takes far longer than its length explains, as few words; null for none that was tried. */
export function slowText({ pattern, flags }: Omit<Pattern, 'place'>): string | null {
  const characters = charactersIn(pattern);
  const pumps = [...characters, ...characters.flatMap((one) => characters.slice(0, 4).map((other) => one + other)), ...wordsIn(pattern)];
  const search = searcher(pattern, flags);
  for (const before of ['', ...characters.slice(0, 5), ...wordsIn(pattern).slice(0, 1)]) {
    for (const pump of pumps) {
      for (const behind of ['', '\u0001', '\n!']) {
        const text = (size: number) => before + pump.repeat(Math.ceil(size / pump.length)) + behind;
        if (sizes.some((size) => isSlow(() => search(text(size))))) return JSON.stringify([before, pump, behind]);
      }
    }
  }
  return null;
}

/** What is not marked as global is looked for once, and the others all over the text. */
function searcher(pattern: string, flags: string): (text: string) => void {
  return flags.includes('g') ? (text) => void text.replaceAll(new RegExp(pattern, flags), '') : (text) => void new RegExp(pattern, flags).exec(text);
}

/** In time of the processor, since other programs take it too; one of five times is then quick. */
function isSlow(search: () => void): boolean {
  for (let times = 0; times < 5; times += 1) {
    const since = process.cpuUsage();
    search();
    const { user, system } = process.cpuUsage(since);
    const tookMs = (user + system) / 1000;
    if (tookMs < limitMs) return false;
    if (tookMs > 20 * limitMs) return true;
  }
  return true;
}

function charactersIn(pattern: string): readonly string[] {
  const literal = Array.from(pattern).filter((character) => !/[()|?*+{}^$\\\w]/.test(character));
  return [...new Set([' ', '0', 'a', '\n', ...literal])].slice(0, 9);
}

function wordsIn(pattern: string): readonly string[] {
  return [...new Set(pattern.match(/(?<!\\)[A-Za-z_]{3,}/g) ?? [])].slice(0, 2);
}
