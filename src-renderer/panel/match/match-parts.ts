import { normal, wordsOf } from './typed-words.ts';

/** A text in pieces, of which those that were typed are hits. */
export type MatchPart = { readonly text: string; readonly hit: boolean };

/** Where the words that were typed stand in a text. A text that changes its length when it is compared stays whole. */
export function matchParts(text: string, typed: string): readonly MatchPart[] {
  const compared = normal(text);
  const words = wordsOf(typed);
  if (words.length === 0 || compared.length !== text.length) return [{ text, hit: false }];
  const hit = Array.from({ length: text.length }, () => false);
  for (const word of words) {
    for (let at = compared.indexOf(word); at >= 0; at = compared.indexOf(word, at + 1)) hit.fill(true, at, at + word.length);
  }
  const parts: { text: string; hit: boolean }[] = [];
  for (const [index, isHit] of hit.entries()) {
    const last = parts.at(-1);
    if (last?.hit === isHit) last.text += text[index];
    else parts.push({ text: text[index] ?? '', hit: isHit });
  }
  return parts;
}
