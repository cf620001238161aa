import { guardVariables } from './guarded-program.ts';
import { regionMark } from './exports.ts';
import { aroundMark, limitVariable, onlyMark, relayVariables } from './run-marks.ts';
import { staleVariables } from './stale-variables.ts';

/** All variables that a hand-off sets or unsets. `AWS_ACCESS_KEY_ID` and its like are among those that it replaces. */
const handOffVariables: ReadonlySet<string> = new Set([
  ...staleVariables,
  ...['AWS_REGION', 'AWS_DEFAULT_REGION', regionMark, 'AWS_SDK_LOAD_CONFIG'],
  ...['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'].flatMap((name) => [name, `STS_TRAY_${name}`]),
  'STS_TRAY_PROFILE',
  limitVariable,
  onlyMark,
  aroundMark,
  ...Object.values(guardVariables),
  ...relayVariables,
  ...['NO_PROXY', 'no_proxy'],
]);

/**
 * The first of these names that no hand-off has to do with; null for none. A shell evaluates what a hand-off
 * brings, and a variable such as `LD_PRELOAD` or `BASH_ENV` would start a program of somebody's choice in the
 * command.
 */
export function foreignVariable(names: readonly string[]): string | null {
  return names.find((name) => !handOffVariables.has(name)) ?? null;
}
