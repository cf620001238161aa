import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export interface Language {
  /** As in POSIX, `ja_JP.UTF-8`. */
  readonly lang: string;
  /** The GNU list of preferred languages, `ja:en`. */
  readonly language: string;
}

/** Separate folders for a user, so that the real user's settings and environment are neither seen nor changed. */
export class PrivateHome {
  readonly folder: string;
  readonly configHome: string;
  readonly env: Readonly<Record<string, string>>;

  private constructor(folder: string, language: Language) {
    this.folder = folder;
    this.configHome = join(folder, 'home', '.config');
    const { username, shell } = userInfo();
    this.env = {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      USER: username,
      LOGNAME: username,
      SHELL: shell ?? '/bin/sh',
      HOME: join(folder, 'home'),
      XDG_RUNTIME_DIR: join(folder, 'run'),
      XDG_CONFIG_HOME: this.configHome,
      XDG_CACHE_HOME: join(folder, 'home', '.cache'),
      XDG_DATA_HOME: join(folder, 'home', '.local', 'share'),
      XDG_STATE_HOME: join(folder, 'home', '.local', 'state'),
      XDG_CURRENT_DESKTOP: 'XFCE',
      XDG_SESSION_TYPE: 'x11',
      LANG: language.lang,
      LANGUAGE: language.language,
      // Each of these keeps GTK from looking for a service that does not run on this desktop.
      NO_AT_BRIDGE: '1',
      GSETTINGS_BACKEND: 'memory',
      GIO_USE_VFS: 'local',
    };
  }

  static async make(language: Language): Promise<PrivateHome> {
    // Kept short, because the path of a Unix socket holds at most 107 bytes.
    const folder = await mkdtemp(join(tmpdir(), 'desktop-'));
    const home = new PrivateHome(folder, language);
    const runtime = join(folder, 'run');
    await Promise.all([mkdir(home.configHome, { recursive: true }), mkdir(runtime)]);
    await chmod(runtime, 0o700);
    return home;
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
