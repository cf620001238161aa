/** What decides where the local API is. */
export type ApiPlace = {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The absolute path that `--user-data-dir` names; null without it. */
  readonly userDataDir: string | null;
  /** The home directory, as `os.homedir()` returns it. */
  readonly homedir: string;
};

/**
 * The path of the local API's Unix socket, or the name of its pipe on Windows. The app listens
 * there; the command line and the launcher `bin/sts-tray`, which repeats this rule, connect.
 *
 * The socket has a folder of its own, so that the folder's mode can keep others out:
 * `DIR/run/api.sock` with `--user-data-dir=DIR`, else `$XDG_RUNTIME_DIR/sts-tray/api.sock` (which
 * the XDG Base Directory Specification requires to be an absolute path), else `run/api.sock` in the
 * app's own folder.
 */
export function apiAddress({ platform, env, userDataDir, homedir }: ApiPlace): string {
  if (platform === 'win32') {
    const folder = userDataDir ?? `${env['APPDATA'] || `${homedir}\\AppData\\Roaming`}\\${productName}`;
    return `\\\\.\\pipe\\sts-tray-${digest(folder.toLowerCase())}`;
  }
  if (userDataDir !== null) return `${userDataDir}/run/api.sock`;
  if (platform === 'darwin') return `${homedir}/Library/Application Support/${productName}/run/api.sock`;
  const runtime = env['XDG_RUNTIME_DIR'];
  if (runtime?.startsWith('/')) return `${runtime}/sts-tray/api.sock`;
  return `${env['XDG_CONFIG_HOME'] || `${homedir}/.config`}/${productName}/run/api.sock`;
}

/** Electron's `userData` is a folder of this name in its `appData`. */
const productName = 'STS Tray';

/**
 * 64-bit FNV-1a over UTF-16 code units, as 16 hex digits. It tells the folders of one machine
 * apart. It hides nothing and keeps nobody out: that is the task of the pipe's own access list.
 */
function digest(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
