import { staleVariables } from '../hand-offs/stale-variables.ts';
import { appImageVariables, chromiumVariables, runtimeVariables } from '../runtime-variables.ts';

/** With these, the bash that starts the command would run a file first, which may print into what is read. */
const shellVariables = ['BASH_ENV', 'ENV'];

const dropped: ReadonlySet<string> = new Set([
  ...staleVariables,
  ...runtimeVariables,
  ...chromiumVariables,
  ...appImageVariables,
  ...shellVariables,
  'ORIGINAL_XDG_CURRENT_DESKTOP',
]);

/**
 * The environment of a command of the user's: the app's own, with the PATH that the user's login has, and without
 * credentials, without what is between the app and its runs, and without what changes how Node and Electron
 * run themselves. Names are compared as the platform compares them: regardless of case on Windows.
 */
export function commandEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { platform, path }: { readonly platform: string; readonly path: string },
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const known = platform === 'win32' ? name.toUpperCase() : name;
    if (value === undefined || known === 'PATH' || dropped.has(known) || /^(NODE|ELECTRON|STS_TRAY)_/.test(known)) continue;
    kept[name] = value;
  }
  return { ...kept, PATH: path };
}
