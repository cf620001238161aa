import { columns } from './texts.ts';

/** What fits any terminal, and a message that quotes it, in columns. */
export const lineWidth = 72;

/** No line begins with one of these, and none ends with one of those (JIS X 4051, in its simplest form). */
const closing = /^[、。，．・：；！？」』）】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…]/u;
const opening = /[「『（【〔〈《]$/u;

/** The lines of a text that is at most so many columns wide; a word that is wider is cut. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let [line, used] = ['', 0];
  for (const word of text.split(' ')) {
    for (const [index, part] of partsOf(word, width).entries()) {
      const gap = line === '' || index > 0 ? '' : ' ';
      const needed = columns(part);
      if (line === '' || used + gap.length + needed <= width) {
        line += gap + part;
        used += gap.length + needed;
      } else {
        lines.push(line);
        [line, used] = [part, needed];
      }
    }
  }
  return [...lines, line];
}

/** Where a word may be broken: between characters of Japanese, and anywhere when it is too wide for a line. */
function partsOf(word: string, width: number): readonly string[] {
  const parts: string[] = [];
  for (const run of word.match(/[\u0021-\u024f]+|[^\u0021-\u024f]/gu) ?? []) {
    const last = parts.at(-1);
    const joined = last !== undefined && (closing.test(run) || opening.test(last)) ? last + run : null;
    if (joined === null) parts.push(...cut(run, width));
    else parts.splice(-1, 1, ...cut(joined, width));
  }
  return parts;
}

function cut(part: string, width: number): readonly string[] {
  if (columns(part) <= width) return [part];
  const pieces: string[] = [];
  let used = width;
  for (const { segment } of new Intl.Segmenter().segment(part)) {
    const needed = columns(segment);
    if (used + needed <= width) pieces.push((pieces.pop() ?? '') + segment);
    else pieces.push(segment);
    used = used + needed <= width ? used + needed : needed;
  }
  return pieces;
}
