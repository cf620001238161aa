/**
 * A function whose module is loaded when it is first called, for what most starts do without:
 * `late(async () => (await import('./rare.ts')).rare)`. It rejects where the module cannot be loaded.
 */
export function late<Given extends readonly unknown[], Outcome>(
  load: () => Promise<(...given: Given) => Promise<Outcome>>,
): (...given: Given) => Promise<Outcome> {
  return async (...given) => (await load())(...given);
}
