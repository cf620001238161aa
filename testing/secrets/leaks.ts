/** A secret, or half of one, where there must be none. `where` never holds the secret itself; `secret` is its index in the list. */
export type Leak = { readonly where: string; readonly secret: number };

/** Of a secret whose half is still long enough to be no coincidence, in characters. */
const shortest = 12;

/**
 * The secrets that a text holds, in any of the forms that programs give a text. Throws when there is no
 * secret to look for: finding none would prove nothing.
 */
export function leaksIn(where: string, text: string, secrets: readonly string[]): Leak[] {
  if (secrets.length === 0 || secrets.includes('')) throw new Error(`There is no secret to look for in ${where}`);
  return secrets.flatMap((secret, index) => {
    // Half of a secret counts as one; a token's first half is the same for all. Half of a code stands in any number.
    const parts = secret.length < shortest ? [secret] : [secret, secret.slice(secret.length / 2)];
    return parts.flatMap(formsOf).some((form) => text.includes(form)) ? [{ where, secret: index }] : [];
  });
}

/** As it is, percent-encoded, in hexadecimal, in Base64 wherever it begins in a longer text, and in UTF-16 that is read as Latin-1. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // The first and last characters depend on what stands beside it.
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const forUrls = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), ...base64, ...forUrls, Buffer.from(secret, 'utf16le').toString('latin1')];
}
