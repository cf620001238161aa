import type { Inputs } from '../language/module-scope.ts';
import { noWorld } from '../language/scope.ts';
import type { ModuleCall } from './modules/module-call.ts';

/** How many accounts are looked for; a condition is evaluated for each of them. */
const accountsMax = 200;

const accountId = /(?<!\d)\d{12}(?!\d)/g;

/** The account IDs that stand anywhere in the files of modules, and in the values that the root module is given. */
export async function mentionedAccounts(calls: readonly ModuleCall[], inputs: Inputs): Promise<readonly string[]> {
  const found = new Set<string>();
  const modules = [...new Set(calls.map(({ module }) => module))];
  modules.forEach((module) => collect(module, found));
  for (const { labels } of modules[0]?.variables ?? []) collect(await inputs.valueOf(labels[0] ?? '', noWorld), found);
  return [...found];
}

function collect(said: unknown, found: Set<string>): void {
  if (found.size >= accountsMax) return;
  if (typeof said === 'number') collect(String(said), found);
  else if (typeof said === 'string') for (const [id] of said.matchAll(accountId)) found.add(id);
  else if (Array.isArray(said) || said instanceof Map) for (const item of said) collect(item, found);
  else if (typeof said === 'object' && said !== null) collect(Object.entries(said), found);
}
