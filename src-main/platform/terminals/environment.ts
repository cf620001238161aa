import { staleVariables } from '../../core/hand-offs/stale-variables.ts';
import { appImageVariables, chromiumVariables } from '../../core/runtime-variables.ts';

/**
 * The environment of a terminal: the app's own, without what Electron added to it and without any AWS
 * credentials. Names are compared as the platform compares them: regardless of case on Windows.
 */
export function terminalEnvironment(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Record<string, string> {
  const dropped = new Set([...staleVariables, ...chromiumVariables, ...appImageVariables, 'ORIGINAL_XDG_CURRENT_DESKTOP']);
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const known = platform === 'win32' ? name.toUpperCase() : name;
    if (value !== undefined && !dropped.has(known) && !known.startsWith('ELECTRON_')) kept[name] = value;
  }
  // On some desktops Electron overwrites XDG_CURRENT_DESKTOP and keeps its old value; if it was not
  // set at all, that value is the word "undefined".
  const desktop = env['ORIGINAL_XDG_CURRENT_DESKTOP'] ?? 'undefined';
  return desktop === 'undefined' ? kept : { ...kept, XDG_CURRENT_DESKTOP: desktop };
}
