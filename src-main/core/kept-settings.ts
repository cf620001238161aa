import { Settings } from '../contract/settings.ts';

/** What could be read of settings that were kept, and whether that is all of them. */
export type ReadSettings = { readonly settings: Settings; readonly isWhole: boolean };

/**
 * Each setting is read separately, and each entry of those that have entries, such as the accounts: a wrong one falls back
 * to its default, or is left out, and the others stay as they are. `defaults` are those of the platform.
 */
export function keptSettings(stored: unknown, defaults: Partial<Settings> = {}): ReadSettings {
  const isObject = typeof stored === 'object' && stored !== null && !Array.isArray(stored);
  const values: Readonly<Record<string, unknown>> = isObject ? (stored as Record<string, unknown>) : {};
  const usual: Settings = Settings.parse(defaults);
  const read = Object.entries(Settings.shape).map(([name, schema]) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return { name, kept: undefined, isWhole: true };
    const parsed = schema.safeParse(value);
    if (parsed.success) return { name, kept: parsed.data, isWhole: true };
    const takes = (entries: unknown): boolean => schema.safeParse(entries).success;
    return { name, kept: readable(value, usual[name as keyof Settings], takes), isWhole: false };
  });
  const kept = Object.fromEntries(read.flatMap(({ name, kept: value }) => (value === undefined ? [] : [[name, value] as const])));
  return { settings: Settings.parse({ ...usual, ...kept }), isWhole: isObject && read.every(({ isWhole }) => isWhole) };
}

/** The entries of a list or a record that are taken together with those that are usual; undefined where nothing is. */
function readable(value: unknown, usual: unknown, takes: (entries: unknown) => boolean): unknown {
  if (Array.isArray(value)) {
    const entries = value.filter((entry: unknown) => takes([entry]));
    return takes(entries) ? entries : undefined;
  }
  if (typeof value !== 'object' || value === null || typeof usual !== 'object' || usual === null) return undefined;
  const entries = Object.entries(value as Record<string, unknown>).filter(([key, entry]) => takes({ ...usual, [key]: entry }));
  const together = { ...usual, ...Object.fromEntries(entries) };
  return takes(together) ? together : undefined;
}
