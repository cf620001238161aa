import { givenColors } from '../../contract/limits.ts';
import type { AccountColor, Settings } from '../../contract/settings.ts';

export type MarkedColors = Pick<Settings, 'accounts' | 'accountColors'>;

/** Without a colour chosen, and without one given so far. */
export function isColorless(accountId: string, { accounts, accountColors }: MarkedColors): boolean {
  return (accounts[accountId]?.color ?? null) === null && accountColors[accountId] === undefined;
}

/**
 * The colours for those of these accounts that have none: each time the one that the fewest accounts have, so that
 * with eight accounts no two are alike. Which one an account gets depends on those before it, so it is kept.
 */
export function newColors(accountIds: Iterable<string>, { accounts, accountColors }: MarkedColors): Record<string, AccountColor> {
  const colorless = [...accountIds].filter((accountId) => isColorless(accountId, { accounts, accountColors }));
  // As it is for thousands of accounts at every start but the first.
  if (colorless.length === 0) return {};
  const uses = new Map<AccountColor, number>(givenColors.map((color) => [color, 0]));
  const use = (color: AccountColor): void => {
    const before = uses.get(color);
    if (before !== undefined) uses.set(color, before + 1);
  };
  for (const [accountId, given] of Object.entries(accountColors)) use(accounts[accountId]?.color ?? given);
  for (const [accountId, { color }] of Object.entries(accounts)) if (color !== null && accountColors[accountId] === undefined) use(color);
  const found: Record<string, AccountColor> = {};
  for (const accountId of colorless) {
    const fewest = Math.min(...uses.values());
    const color = givenColors.find((each) => uses.get(each) === fewest) ?? 'blue';
    found[accountId] = color;
    use(color);
  }
  return found;
}

/** Of an account that nothing was shown of yet, such as one in the list of an access portal: the same on every machine (FNV-1a over its digits). */
export function derivedColor(accountId: string): AccountColor {
  let hash = 0x811c9dc5;
  for (const digit of accountId) hash = Math.imul(hash ^ digit.charCodeAt(0), 0x01000193) >>> 0;
  return givenColors[hash % givenColors.length] ?? 'blue';
}
