/**
 * A function whose module is loaded when it is first called, for what most starts do without:
 * the module comes from an `import()` in `load`. It rejects where the module cannot be loaded.
 */
export function late<Given extends readonly unknown[], Outcome>(
  load: () => Promise<(...given: Given) => Promise<Outcome>>,
): (...given: Given) => Promise<Outcome> {
  return async (...given) => (await load())(...given);
}
