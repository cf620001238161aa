/**
 * Names in the place of what is to stay unknown: equal things get the same one, such as `account-1`, in the order in which
 * they come.
 */
class Masks {
  readonly #kind: string;
  readonly #known = new Map<string, string>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  of(value: string): string {
    const known = this.#known.get(value) ?? `${this.#kind}-${this.#known.size + 1}`;
    this.#known.set(value, known);
    return known;
  }
}

/** How accounts and profiles are called in one report. */
export type Names = { readonly account: (id: string) => string; readonly profile: (name: string) => string; readonly text: (text: string) => string };

/** Twelve digits are an account ID, wherever they stand. */
const accountIds = /(?<!\d)\d{12}(?!\d)/g;

export function maskedNames(): Names {
  const [accounts, profiles] = [new Masks('account'), new Masks('profile')];
  const account = (id: string): string => accounts.of(id);
  return { account, profile: (name) => profiles.of(name), text: (text) => text.replace(accountIds, account) };
}

export const plainNames: Names = { account: (id) => id, profile: (name) => name, text: (text) => text };
