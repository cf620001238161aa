import type { z } from 'zod';
import { Settings } from '../contract/settings.ts';

/** What could be read of settings that were kept, and whether that is all of them. */
export type ReadSettings = { readonly settings: Settings; readonly isWhole: boolean };

/**
 * Each setting is read separately, and each entry of those that have entries, such as the accounts: a wrong one falls back
 * to its default, or is left out, and the others stay as they are. Of an entry only what is wrong is left out where it can
 * do without: else an account would be production no more for its name. `defaults` are those of the platform.
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
    const faultsOf = (entries: unknown): readonly Fault[] => schema.safeParse(entries).error?.issues ?? [];
    const rest = readable(value, usual[name as keyof Settings], faultsOf);
    return { name, kept: rest === undefined ? undefined : schema.parse(rest), isWhole: false };
  });
  const kept = Object.fromEntries(read.flatMap(({ name, kept: value }) => (value === undefined ? [] : [[name, value] as const])));
  // Each of them was checked, and none depends on another: to check them as a whole would take as long again.
  return { settings: { ...usual, ...kept }, isWhole: isObject && read.every(({ isWhole }) => isWhole) };
}

type Fault = z.core.$ZodIssue;

/** The entries of a list or a record that are taken together with those that are usual; undefined where nothing is. */
function readable(value: unknown, usual: unknown, faultsOf: (entries: unknown) => readonly Fault[]): unknown {
  const takes = (entries: unknown): boolean => faultsOf(entries).length === 0;
  if (Array.isArray(value)) {
    const entries = value.filter((entry: unknown) => takes([entry]));
    return takes(entries) ? entries : undefined;
  }
  if (typeof value !== 'object' || value === null || typeof usual !== 'object' || usual === null) return undefined;
  const entries = Object.entries(value as Record<string, unknown>)
    .map(([key, entry]) => [key, withoutFaults(entry, faultsOf({ ...usual, [key]: entry }))] as const)
    .filter(([key, entry]) => takes({ ...usual, [key]: entry }));
  const together = { ...usual, ...Object.fromEntries(entries) };
  return takes(together) ? together : undefined;
}

/** An entry without those of its own settings that are wrong. */
function withoutFaults(entry: unknown, faults: readonly Fault[]): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
  // A path begins with the key of the entry.
  const wrong = new Set(faults.flatMap((fault) => (fault.code === 'unrecognized_keys' && fault.path.length === 1 ? fault.keys : [fault.path[1]])));
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !wrong.has(name)));
}
