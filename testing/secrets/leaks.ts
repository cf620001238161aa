/** A secret, or half of one, where there must be none. `where` never holds the secret itself; `secret` is its index in the list. */
export type Leak = { readonly where: string; readonly secret: number };

/** The secrets that a text holds. Throws when there is no secret to look for: finding none would prove nothing. */
export function leaksIn(where: string, text: string, secrets: readonly string[]): Leak[] {
  if (secrets.length === 0 || secrets.includes('')) throw new Error(`There is no secret to look for in ${where}`);
  return secrets.flatMap((secret, index) => {
    // Half of a secret counts as one; a token's first half is the same for all.
    const found = text.includes(secret) || text.includes(secret.slice(secret.length / 2));
    return found ? [{ where, secret: index }] : [];
  });
}
