import { guardVariables } from '../hand-offs/guarded-program.ts';
import { handedRegions } from '../hand-offs/region-variables.ts';
import { aroundMark, limitVariable, onlyMark, runMarks } from '../hand-offs/run-marks.ts';
import { staleVariables } from '../hand-offs/stale-variables.ts';
import { runtimeVariables } from '../runtime-variables.ts';
import { pastRelay } from './run-environment.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The environment of the app when it is started from one that a hand-off made: the shell's own, without any
 * credentials, without the private configuration, because the app has to read the user's own files, and
 * past the relay, because that is the app itself. Node's and Electron's own variables stay behind as well.
 */
export function appEnvironment(env: Env): Record<string, string | undefined> {
  const { set, unset } = pastRelay(env);
  const kept: Record<string, string | undefined> = { ...env };
  const handed = [
    ...staleVariables,
    ...unset,
    ...handedRegions(env),
    ...Object.values(guardVariables),
    'STS_TRAY_PROFILE',
    limitVariable,
    onlyMark,
    runMarks.run,
    aroundMark,
  ];
  for (const name of [...handed, ...runtimeVariables]) delete kept[name];
  Object.assign(kept, Object.fromEntries(set));
  if (env['STS_TRAY_PROFILE'] === undefined) return kept;
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) {
    const own = env[`STS_TRAY_${name}`];
    if (own) kept[name] = own;
    else delete kept[name];
    delete kept[`STS_TRAY_${name}`];
  }
  return kept;
}
