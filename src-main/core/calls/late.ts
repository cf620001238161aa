/**
 * A function whose module is loaded when it is first called, for what most starts do without: the module comes from an
 * `import()` in `load`. It rejects where the module cannot be loaded.
 */
export function late<Given extends readonly unknown[], Outcome>(
  load: () => Promise<(...given: Given) => Promise<Outcome>>,
): (...given: Given) => Promise<Outcome> {
  return async (...given) => (await load())(...given);
}

/** The same of a part that keeps something: it is made when it is first asked for, and is the same one from then on. A failure is not kept: who asks next tries again. */
export function lateOnce<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}
