import { isList, isRecord, namesOf, type Value } from './value.ts';

// An account that nothing in the project names is written with stand-ins: each of its twelve digits is
// a lone surrogate, which no text of a file can have. So such a text can be joined and cut like any
// other one, and what depends on its real digits is found out where it is compared.

const first = 0xd800;
const digits = 12;
const perAccount = 16;

/** The ID of an account that no text equals which it is compared with; each number is an account of its own. */
export function otherAccount(number: number): string {
  return String.fromCharCode(...Array.from({ length: digits }, (_, index) => first + number * perAccount + index));
}

/** One or more characters of an ARN that are not known; there is no colon among them. */
export const unknownPart = String.fromCharCode(first + digits);

/** The account IDs with which the other account was compared, and which it therefore is not. */
export type Compared = Set<string>;

export function hasStandIn(text: string): boolean {
  return /[\uD800-\uDBFF]/u.test(text);
}

/** Whether any text in it has stand-ins. */
export function dependsOnStandIn(value: Value): boolean {
  if (typeof value === 'string') return hasStandIn(value);
  if (isList(value)) return value.some(dependsOnStandIn);
  return isRecord(value) && namesOf(value).some((name) => hasStandIn(name) || dependsOnStandIn(value[name] ?? null));
}

/**
 * Whether two texts are the same; null where that depends on digits that are not known. A text that
 * would be the whole ID is added to `compared`; without that set, the answer is null.
 */
export function areSameTexts(a: string, b: string, compared?: Compared): boolean | null {
  if (!hasStandIn(a) && !hasStandIn(b)) return a === b;
  if (a === b && !a.includes(unknownPart)) return true;
  if (a.includes(unknownPart) || b.includes(unknownPart)) return haveSameEnds(a, b) ? null : false;
  const [left, right] = [Array.from(a), Array.from(b)];
  if (left.length !== right.length) return false;
  const found = new Map<number, string>();
  let isOpen = false;
  for (const [at, one] of left.entries()) {
    const other = right[at] ?? '';
    if (one === other) continue;
    const [standIn, said] = hasStandIn(one) ? [one, other] : [other, one];
    if (!hasStandIn(standIn)) return false;
    if (hasStandIn(said)) isOpen = true;
    else {
      const digit = standIn.charCodeAt(0) - first;
      if (!/^\d$/.test(said) || (found.get(digit) ?? said) !== said) return false;
      found.set(digit, said);
    }
  }
  const [start = 0] = found.keys();
  const whole = Array.from({ length: digits }, (_, index) => found.get(start - (start % perAccount) + index) ?? '').join('');
  // Where only some digits of an account are compared, it may have them.
  if (isOpen || found.size !== digits || whole.length !== digits || compared === undefined) return null;
  compared.add(whole);
  return false;
}

/** Whether what stands before the first, and after the last unknown part can be the same. */
function haveSameEnds(a: string, b: string): boolean {
  const fits = (left: readonly string[], right: readonly string[]): boolean => {
    for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
      const [one = '', other = ''] = [left[index], right[index]];
      if (one === unknownPart || other === unknownPart) return true;
      const isDigit = (text: string) => hasStandIn(text) || /^\d$/.test(text);
      if (one !== other && !((hasStandIn(one) || hasStandIn(other)) && isDigit(one) && isDigit(other))) return false;
    }
    return true;
  };
  return fits(Array.from(a), Array.from(b)) && fits(Array.from(a).toReversed(), Array.from(b).toReversed());
}

/** Whether `text` begins with `start`, as `areSameTexts` answers. */
export function beginsWith(text: string, start: string, compared?: Compared): boolean | null {
  const [all, wanted] = [Array.from(text), Array.from(start)];
  const part = all.slice(0, wanted.length);
  // An unknown part may be longer than one character.
  if (part.includes(unknownPart))
    return beginsWith(part.slice(0, part.indexOf(unknownPart)).join(''), wanted.slice(0, part.indexOf(unknownPart)).join(''), compared) === false
      ? false
      : null;
  return wanted.includes(unknownPart) ? null : areSameTexts(part.join(''), start, compared);
}

export function endsWith(text: string, end: string, compared?: Compared): boolean | null {
  return beginsWith(Array.from(text).toReversed().join(''), Array.from(end).toReversed().join(''), compared);
}

/** Whether `part` stands anywhere in `text`, as `areSameTexts` answers. */
export function holdsText(text: string, part: string, compared?: Compared): boolean | null {
  if (!hasStandIn(text) && !hasStandIn(part)) return text.includes(part);
  const [all, wanted] = [Array.from(text), Array.from(part)];
  if (wanted.includes(unknownPart)) return null;
  let outcome: boolean | null = false;
  for (let index = 0; index + wanted.length <= all.length; index += 1) {
    const here = areSameTexts(all.slice(index, index + wanted.length).join(''), part, compared);
    if (here === true) return true;
    if (here === null) outcome = null;
  }
  return outcome === false && all.includes(unknownPart) && !part.includes(':') ? null : outcome;
}
