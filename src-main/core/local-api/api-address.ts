/** What decides where the local API is. */
export type ApiPlace = {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The absolute path that `--user-data-dir` names; null without it. */
  readonly userDataDir: string | null;
  /** The home directory, as `os.homedir()` returns it. */
  readonly homedir: string;
};

/** Where the app listens, and the command line finds it. */
export type ApiAddress =
  /** The path of a Unix socket. The kernel lets in nobody but its owner, and its owner can be looked at. */
  | { readonly kind: 'socket'; readonly path: string }
  /**
   * A file that says where. Anybody can make a pipe of any name before the app does, so the name is
   * another one after each start, begins with `prefix`, and both sides prove that they know the file.
   */
  | { readonly kind: 'announced'; readonly file: string; readonly prefix: string };

/**
 * Where the local API is. The app listens there; the command line and the launcher `bin/sts-tray`,
 * which repeats this rule for sockets, connect.
 *
 * The socket has a folder of its own, so that the folder's mode can keep others out:
 * `DIR/run/api.sock` with `--user-data-dir=DIR`, else `$XDG_RUNTIME_DIR/sts-tray/api.sock` (which
 * the XDG Base Directory Specification requires to be an absolute path), else `run/api.sock` in the
 * app's own folder. On Windows the file that names the pipe is there.
 */
export function apiAddress({ platform, env, userDataDir, homedir }: ApiPlace): ApiAddress {
  if (platform === 'win32') {
    const folder = userDataDir ?? `${env['APPDATA'] || `${homedir}\\AppData\\Roaming`}\\${productName}`;
    return { kind: 'announced', file: `${folder}\\run\\api.json`, prefix: '\\\\.\\pipe\\sts-tray-' };
  }
  return { kind: 'socket', path: socketPath({ platform, env, userDataDir, homedir }) };
}

/**
 * Where else the app may listen, whose environment may be another than that of a command: cron, `su` and some ways of
 * SSH leave out `XDG_RUNTIME_DIR`, and some desktops have none. `runtimeFolder` is where the system makes that folder.
 */
export function otherAddresses(place: ApiPlace, runtimeFolder: string | null): readonly ApiAddress[] {
  if (place.platform !== 'linux' || place.userDataDir !== null) return [];
  const first = socketPath(place);
  const runtimes = [...(runtimeFolder === null ? [] : [runtimeFolder]), undefined];
  const paths = runtimes.map((runtime) => socketPath({ ...place, env: { ...place.env, XDG_RUNTIME_DIR: runtime } }));
  return [...new Set(paths)].filter((path) => path !== first).map((path) => ({ kind: 'socket', path }));
}

/** The longest path of a socket, in bytes of UTF-8: the system's `sun_path` without its end (unix(7); macOS has less room). */
export function socketBytesMax(platform: NodeJS.Platform): number {
  return platform === 'linux' ? 107 : 103;
}

/** Electron's `userData` is a folder of this name in its `appData`. */
const productName = 'STS Tray';

function socketPath({ platform, env, userDataDir, homedir }: ApiPlace): string {
  if (userDataDir !== null) return `${userDataDir}/run/api.sock`;
  if (platform === 'darwin') return `${homedir}/Library/Application Support/${productName}/run/api.sock`;
  const runtime = env['XDG_RUNTIME_DIR'];
  if (runtime?.startsWith('/')) return `${runtime}/sts-tray/api.sock`;
  return `${env['XDG_CONFIG_HOME'] || `${homedir}/.config`}/${productName}/run/api.sock`;
}
