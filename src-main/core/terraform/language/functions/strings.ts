import { withoutSpacesBefore, withoutSpacesBehind } from '../../structure/lexemes.ts';
import { textOf } from '../values/convert.ts';
import { beginsWith, endsWith, hasStandIn, holdsText, unknownPart } from '../values/stand-in.ts';
import { byCodePoints, collection, failure, isList, notKnown, type Value } from '../values/value.ts';
import { define, listOfTexts, ofTexts, said, textAndNumbers, type TerraformFunction, truth } from '../calling/define.ts';
import { replaced } from './regular-expressions.ts';
import { cutEnd } from '../../../cut-end.ts';

/**
 * The signs of which Terraform's rules of Unicode 15.0 and those of every later version say the same: none of scripts that
 * join consonants, none that came later, and no joiner, which Terraform's library takes in a way of its own.
 */
const joinedAlike =
  /^[\0-\u0896\u0898-\u08FF\u0E00-\u0EFF\u10A0-\u13FF\u1E00-\u200C\u200E-\u2DFF\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFFEF\u{1F000}-\u{1FAFF}\u{20000}-\u{2FA1F}]*$/u;

/** The characters as Terraform counts them: grapheme clusters. Null where that is not known. */
export function graphemes(text: string): readonly string[] | null {
  // Each of these is a cluster of its own, as a digit of an account is, and Unicode's rules take long to load.
  if (/^[ -~\uD800-\uDBFF]*$/u.test(text)) return Array.from(text);
  if (!joinedAlike.test(text)) return null;
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
}

export function texts(items: readonly string[]): Value {
  return collection([...items], { kind: 'list', of: 'string' });
}

/** String functions (Terraform language documentation, "Functions"). */
export const stringFunctions: Readonly<Record<string, TerraformFunction>> = {
  chomp: ofTexts(1, (text = '') => cutEnd(text, (one) => one === '\n' || one === '\r'), { takesStandIns: true }),
  endswith: define({ params: ['string', 'string'], takesStandIns: true }, ([text, end], { compared }) => truth(endsWith(said(text), said(end), compared))),
  indent: define({ params: ['number', 'string'], takesStandIns: true }, ([count, text]) =>
    !Number.isInteger(count) || Number(count) < 0 ? failure : said(text).replaceAll('\n', `\n${' '.repeat(Math.max(0, Number(count)))}`),
  ),
  join: define({ params: ['string', listOfTexts], rest: listOfTexts, takesStandIns: true }, ([between, ...lists]) => {
    const items = lists.flatMap((list) => (isList(list) ? list : []));
    return items.includes(null) ? failure : items.map(textOf).join(said(between));
  }),
  lower: ofTexts(1, (text = '') => mapped(text, (letter) => letter.toLowerCase()), { takesStandIns: true }),
  replace: ofTexts(3, (text = '', from = '', to = '') => {
    const pattern = /^\/(.*)\/$/s.exec(from)?.[1];
    return pattern === undefined
      ? from === ''
        ? [to, ...Array.from(text).flatMap((one) => [one, to])].join('')
        : text.split(from).join(to)
      : replaced(text, pattern, to);
  }),
  sort: define({ params: [listOfTexts] }, ([list]) =>
    isList(list ?? null) && !(list as readonly Value[]).includes(null) ? texts((list as readonly Value[]).map(String).sort(byCodePoints)) : failure,
  ),
  split: define({ params: ['string', 'string'], takesStandIns: true }, ([between, text]) => split(said(text), said(between))),
  startswith: define({ params: ['string', 'string'], takesStandIns: true }, ([text, start], { compared }) =>
    truth(beginsWith(said(text), said(start), compared)),
  ),
  strcontains: define({ params: ['string', 'string'], takesStandIns: true }, ([text, part], { compared }) =>
    truth(holdsText(said(text), said(part), compared)),
  ),
  strrev: ofTexts(1, (text = '') => graphemes(text)?.toReversed().join('') ?? notKnown, { takesStandIns: true }),
  substr: define({ params: textAndNumbers, takesStandIns: true }, ([text, offset, length]) => substr(said(text), Number(offset), Number(length))),
  title: ofTexts(1, title),
  trim: ofTexts(2, (text = '', cutset = '') => trimmed(text, new Set(cutset))),
  trimprefix: define({ params: ['string', 'string'], takesStandIns: true }, ([text, start], { compared }) => {
    const begins = beginsWith(said(text), said(start), compared);
    return begins === null ? notKnown : begins ? said(text).slice(said(start).length) : said(text);
  }),
  trimspace: ofTexts(1, (text = '') => withoutSpacesBehind(withoutSpacesBefore(text)), { takesStandIns: true }),
  trimsuffix: define({ params: ['string', 'string'], takesStandIns: true }, ([text, end], { compared }) => {
    const ends = endsWith(said(text), said(end), compared);
    return ends === null ? notKnown : ends ? said(text).slice(0, said(text).length - said(end).length) : said(text);
  }),
  upper: ofTexts(1, (text = '') => mapped(text, (letter) => letter.toUpperCase()), { takesStandIns: true }),
};

/** Letters of which Go’s tables and JavaScript’s, of whichever version of Unicode they are, say the same. */
const settled = /^[\u0000-\u052F\u1E00-\u1EFF]$/;

/**
 * Go maps letter by letter, without a look at those around it, and leaves one alone that would become two: all of
 * that JavaScript does in another way. Unknown where the two could differ.
 */
function mapped(text: string, change: (letter: string) => string): Value {
  if (/^[ -~]*$/.test(text)) return change(text);
  const letters = Array.from(text, (letter) => [letter, change(letter)] as const);
  return letters.every(([letter, changed]) => letter === changed || (settled.test(letter) && settled.test(changed)))
    ? letters.map(([, changed]) => changed).join('')
    : notKnown;
}

/** Beyond ASCII, only a space stands between words. Some letters have a form of their own at the beginning of one. */
function title(text: string): Value {
  const words = text.match(/(?:(?![\p{White_Space}])[\w\x80-\u{10FFFF}])+|[^]/gu) ?? [];
  const titled = words.map((word) => {
    const [first = '', ...rest] = Array.from(word);
    const changed = /[\u01C4-\u01CC\u01F1-\u01F3]/.test(first) ? notKnown : mapped(first, (letter) => letter.toUpperCase());
    return typeof changed === 'string' ? changed + rest.join('') : null;
  });
  return titled.includes(null) ? notKnown : titled.join('');
}

function split(text: string, between: string): Value {
  // What is not known could be, or begin, what it is split at.
  const open = text.includes(unknownPart) ? /^$|[\w+=,.@/-]/ : hasStandIn(text) ? /\d/ : null;
  if (hasStandIn(between) || open?.test(between) === true) return notKnown;
  return texts(between === '' ? Array.from(text) : text.split(between));
}

function substr(text: string, offset: number, length: number): Value {
  if (!Number.isInteger(offset) || !Number.isInteger(length)) return failure;
  const all = graphemes(text);
  if (all === null || text.includes(unknownPart)) return notKnown;
  const start = offset < 0 ? Math.max(0, all.length + offset) : offset;
  if (offset < 0 && (all.length + offset < 0 || length === 0)) return notKnown;
  return all.slice(start, length < 0 ? undefined : start + length).join('');
}

function trimmed(text: string, cutset: ReadonlySet<string>): string {
  const all = Array.from(text);
  const first = all.findIndex((one) => !cutset.has(one));
  return first === -1 ? '' : all.slice(first, all.findLastIndex((one) => !cutset.has(one)) + 1).join('');
}
