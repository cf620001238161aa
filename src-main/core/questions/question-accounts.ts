import { accountIdPattern } from '../../contract/limits.ts';
import type { Question } from '../../contract/question.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Account } from '../../contract/ui-state.ts';

/** The accounts that a question is about. */
export function accountIdsOf(question: Question): readonly string[] {
  switch (question.kind) {
    case 'action':
      return question.accountIds;
    case 'command':
    case 'quit':
      return [];
    default:
      return [question.accountId];
  }
}

/**
 * What the user has to type before anything but a refusal is taken: the names of the production accounts among these, or
 * their IDs where no name tells which account it is; null where there is none. `known` is what the user chose for each account.
 */
export function toBeTyped(accounts: readonly Account[], known: Settings['accounts']): string | null {
  const production = accounts.filter((account) => account.production);
  if (production.length === 0) return null;
  return production.map(({ name, accountId }) => (name !== null && tellsApart(name, accountId, known) ? name : accountId)).join(', ');
}

/** Whether a name can be typed as it is seen, and is that of no other account. */
export function tellsApart(name: string, accountId: string, known: Settings['accounts']): boolean {
  const hasUnseen = /\p{Default_Ignorable_Code_Point}|(?! )\p{Z}/u.test(name) || name !== name.normalize('NFC') || isOfTwoScripts(name);
  const isOtherId = accountIdPattern.test(name.replaceAll(/[ -]/g, '')) && name !== accountId;
  const others = Object.entries(known).filter(([id]) => id !== accountId);
  return !hasUnseen && !isOtherId && !others.some(([, { name: own, alias }]) => [own, alias].some((other) => other !== null && isAlike(other, name)));
}

/** Letters that look alike come from scripts that nobody writes one word in. */
function isOfTwoScripts(name: string): boolean {
  return /\p{Script=Latin}/u.test(name) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name);
}

/** For somebody who reads them in passing. */
function isAlike(one: string, other: string): boolean {
  const [first, second] = [one, other].map((name) => seenLetters(name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ')));
  return first === second;
}

/** Small letters of Cyrillic and Greek, and digits, each with the Latin letter that it, or its capital, is taken for. */
const lookAlikes = new Map(
  'аa вb еe кk мm нh оo рp сc тt уy хx ѕs іi јj ԁd һh ԛq ԝw ѵv ӏl гr пn αa βb γy εe ζz ιi κk μm νv οo ρp τt υu χx ıi 0o 1l'
    .split(' ')
    .map(([seen = '', taken = '']) => [seen, taken] as const),
);

function seenLetters(name: string): string {
  return Array.from(name, (letter) => lookAlikes.get(letter) ?? letter).join('');
}
