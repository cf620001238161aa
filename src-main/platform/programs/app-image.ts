import { realpathSync } from 'node:fs';
import { isAbsolute, sep } from 'node:path';

/**
 * The AppImage that this program runs from; null when it runs from none. Its runtime names itself in
 * `APPIMAGE`, and the folder where it is mounted in `APPDIR` (AppImage documentation, "Environment
 * variables"). Every program that is started from an AppImage inherits both, such as a shell in the
 * terminal of an editor, so they are about this program only if it lies in that folder.
 */
export function ownAppImage(executable: string, env: NodeJS.ProcessEnv): string | null {
  const { APPIMAGE: file, APPDIR: mount } = env;
  if (!file || !mount || !isAbsolute(file) || !isAbsolute(mount)) return null;
  const folder = real(mount);
  // Everything lies in the root.
  if (folder === null || folder === sep) return null;
  return real(executable)?.startsWith(folder + sep) ? file : null;
}

function real(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
