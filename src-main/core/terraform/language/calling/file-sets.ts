import { RE2JS } from 're2js';
import { notKnown } from '../values/value.ts';
import type { Surroundings } from './surroundings.ts';

/** In folders with more names than this, together, nothing is looked for. */
const namesMax = 20_000;

/**
 * One name in a path: as it is, any that the pattern has, or any number of folders. JavaScript's own patterns
 * would take hours for a name where a pattern has many `*`.
 */
type Step = { readonly name: string } | { readonly pattern: RE2JS } | 'folders';

/**
 * The files that `fileset` finds, by their paths from the folder on. Only those folders are looked into that the
 * pattern leads to; as Terraform does it, past links. Unknown for a pattern that is not modelled, and where a file
 * cannot be looked at.
 */
export function filesThatMatch(folder: string, pattern: string, { kindOf, namesIn }: Surroundings): readonly string[] | typeof notKnown {
  const steps = stepsOf(pattern);
  // To Terraform the folder is a part of the pattern.
  if (steps === null || /[*?[\]{}\\]/.test(folder)) return notKnown;
  const found = new Set<string>();
  let left = namesMax;
  const below = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);
  const kindAt = (path: string) => kindOf(below(folder, path === '' ? '.' : path));
  const add = (path: string, kind = kindAt(path)): boolean => {
    if (kind === 'file') found.add(path.normalize('NFC'));
    // Terraform fails where a link leads nowhere.
    return kind !== notKnown && kind !== 'lost';
  };
  const names = (path: string): readonly string[] | null => {
    const all = namesIn(below(folder, path === '' ? '.' : path));
    left -= all?.length ?? 0;
    return left < 0 ? null : all;
  };
  /** Follows the steps from one on. False where it is not known what is there. */
  const follow = (path: string, at: number): boolean => {
    const step = steps[at];
    if (step === undefined) return add(path);
    if (typeof step === 'object' && 'name' in step) return follow(below(path, step.name), at + 1);
    const around = kindAt(path);
    if (around !== 'folder') return around !== notKnown;
    const isLast = at === steps.length - 1;
    return (
      names(path)?.every((name) => {
        const inner = below(path, name);
        if (step !== 'folders') return isAscii(name) && (!step.pattern.matches(name) || (isLast ? add(inner) : isPassed(inner, at + 1)));
        const kind = kindAt(inner);
        return isLast && kind !== 'folder' ? kind === 'lost' || add(inner, kind) : isPassed(inner, at, kind);
      }) === true &&
      (step !== 'folders' || isLast || follow(path, at + 1))
    );
  };
  const isPassed = (path: string, at: number, kind = kindAt(path)): boolean => (kind === 'folder' ? follow(path, at) : kind !== notKnown);
  return follow('', 0) ? [...found] : notKnown;
}

/** Terraform compares others byte by byte in places, and finds `日本.yaml` by `*.yaml`, but not by `*a*`. */
function isAscii(name: string): boolean {
  return /^[\x00-\x7F]*$/.test(name);
}

/** Null for a pattern that is not modelled. */
function stepsOf(pattern: string): readonly Step[] | null {
  const names = pattern.split('/').filter((name) => name !== '' && name !== '.');
  const steps = names.map(stepOf);
  return names.length > 0 && !names.includes('..') && steps.every((step) => step !== null) ? steps : null;
}

function stepOf(name: string): Step | null {
  if (name === '**') return 'folders';
  if (!/[*?[\]{}\\]/.test(name)) return { name };
  if (name.includes('**')) return null;
  const parts = name.match(/\*|\?|\{[^*?[\]{}\\,]+(?:,[^*?[\]{}\\,]+)*\}|\[(?:[\dA-Za-z](?:-[\dA-Za-z])?)+\]|[^*?[\]{}\\]|[^]/gu) ?? [];
  const sources = parts.map(sourceOf);
  return sources.includes(null) ? null : { pattern: RE2JS.compile(sources.join(''), RE2JS.DOTALL) };
}

function sourceOf(part: string): string | null {
  if (part === '*') return '.*';
  if (part === '?') return '.';
  if (part.length > 1 && part.startsWith('[')) return [...part.matchAll(/(.)-(.)/g)].some(([, from = '', to = '']) => from > to) ? null : part;
  if (part.length > 1 && part.startsWith('{')) return `(?:${part.slice(1, -1).split(',').map(literally).join('|')})`;
  return /^[[\]{}\\]$/.test(part) ? null : literally(part);
}

function literally(text: string): string {
  return text.replaceAll(/[.+^$()|/]/g, String.raw`\$&`);
}
