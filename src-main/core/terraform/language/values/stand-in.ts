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

/** Whether a text is the ID of an account that nothing names, and nothing else. */
export function isWholeAccount(text: string): boolean {
  return Array.from({ length: perAccount }, (_none, number) => otherAccount(number)).includes(text);
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
      if (!couldBe(one, other)) return false;
    }
    return true;
  };
  return fits(Array.from(a), Array.from(b)) && fits(Array.from(a).toReversed(), Array.from(b).toReversed());
}

/** Whether `text` begins with `start`, as `areSameTexts` answers. */
export function beginsWith(text: string, start: string, compared?: Compared): boolean | null {
  const [all, wanted] = [Array.from(text), Array.from(start)];
  if (wanted.includes(unknownPart)) return null;
  const part = all.slice(0, wanted.length);
  const known = part.indexOf(unknownPart);
  if (known === -1) return areSameTexts(part.join(''), start, compared);
  const isSame = areSameTexts(part.slice(0, known).join(''), wanted.slice(0, known).join(''), compared);
  return isSame === false || !couldBegin(all, wanted) ? false : null;
}

/**
 * Whether a text may begin with another one, which has no unknown part, by way of an unknown part: one or more
 * characters, none of them a colon. What needs no unknown part is compared elsewhere.
 */
function couldBegin(text: readonly string[], start: readonly string[], isAcross = false): boolean {
  const [one = '', ...rest] = text;
  const [wanted, ...further] = start;
  if (wanted === undefined) return isAcross;
  // Behind a colon it is a partition, a service or a resource, of which none begins with an account's ID.
  if (one === ':' && rest[0] === unknownPart && /^:\d{12}/.test(start.join(''))) return false;
  if (one !== unknownPart) return couldBe(one, wanted) && couldBegin(rest, further, isAcross);
  const colon = start.indexOf(':');
  const longest = colon === -1 ? start.length : colon;
  if (longest === start.length) return true;
  // What ends with a colon is a partition or a service, without any digit.
  const isName = (length: number): boolean => rest[0] !== ':' || !/\d/.test(start.slice(0, length).join(''));
  return Array.from({ length: longest }, (_none, index) => index + 1).some((length) => isName(length) && couldBegin(rest, start.slice(length), true));
}

function couldBe(one: string, other: string): boolean {
  const isDigit = (text: string): boolean => hasStandIn(text) || /^\d$/.test(text);
  return one === other || ((hasStandIn(one) || hasStandIn(other)) && isDigit(one) && isDigit(other));
}

export function endsWith(text: string, end: string, compared?: Compared): boolean | null {
  return beginsWith(Array.from(text).toReversed().join(''), Array.from(end).toReversed().join(''), compared);
}

/** Whether `part` stands anywhere in `text`, as `areSameTexts` answers. */
export function holdsText(text: string, part: string, compared?: Compared): boolean | null {
  if (!hasStandIn(text) && !hasStandIn(part)) return text.includes(part);
  const [all, wanted] = [Array.from(text), Array.from(part)];
  if (wanted.includes(unknownPart)) return null;
  if (all.includes(unknownPart)) return holdsAround(text, wanted, compared);
  let outcome: boolean | null = false;
  for (let index = 0; index + wanted.length <= all.length; index += 1) {
    const here = areSameTexts(all.slice(index, index + wanted.length).join(''), part, compared);
    if (here === true) return true;
    if (here === null) outcome = null;
  }
  return outcome;
}

/** The same for a text with unknown parts: it may stand between these, in them, or across. */
function holdsAround(text: string, wanted: readonly string[], compared?: Compared): boolean | null {
  const outcomes = text.split(unknownPart).map((known) => holdsText(known, wanted.join(''), compared));
  if (outcomes.includes(true)) return true;
  const all = Array.from(text);
  return outcomes.includes(null) || all.some((_one, index) => couldBegin(all.slice(index), wanted)) ? null : false;
}
