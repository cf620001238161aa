import type { ModuleCall } from './modules/module-call.ts';

/** How many accounts are looked for; a condition is evaluated for each of them. */
const accountsMax = 200;

const idLength = 12;
const accountId = /(?<!\d)\d{12}(?!\d)/g;

/** The account IDs that stand anywhere in the files of modules, and in the values that are given to the root module. */
export function mentionedAccounts(calls: readonly ModuleCall[], given: unknown): readonly string[] {
  const found = new Set<string>();
  collect(given, found);
  for (const module of new Set(calls.map((call) => call.module))) collect(module, found);
  return [...found];
}

function collect(said: unknown, found: Set<string>): void {
  if (found.size >= accountsMax) return;
  if (typeof said === 'string') {
    if (said.length >= idLength) for (const id of said.match(accountId) ?? []) found.add(id);
  } else if (typeof said === 'number') {
    if (said >= 10 ** (idLength - 1)) collect(String(said), found);
  } else if (Array.isArray(said) || said instanceof Map) {
    for (const item of said) collect(item, found);
  } else if (typeof said === 'object' && said !== null) {
    for (const [name, value] of Object.entries(said)) {
      collect(name, found);
      collect(value, found);
    }
  }
}
