import { dirname } from 'node:path';
import { SeenProcesses, type SeenProcess } from '../processes/seen-processes.ts';
import { leaksIn, type Leak } from '../secrets/leaks.ts';
import type { AppRig } from './app-rig.ts';
import { leaksInFolder, leaksInRenderer } from './canaries.ts';
import type { RunningApp } from './running-app.ts';

/**
 * Looks for secrets wherever a program, a person or a backup of the machine could come upon one: files, arguments,
 * windows, the clipboard, what the app prints and shows. It watches the processes of the machine from its making
 * to its `close`.
 */
export class SecretSearch {
  readonly #rig: AppRig;
  readonly #processes: SeenProcesses;
  readonly #apps: RunningApp[] = [];

  constructor(rig: AppRig) {
    this.#rig = rig;
    this.#processes = new SeenProcesses(dirname(rig.desktop.env['HOME'] ?? ''));
  }

  /** From now on what this app prints is searched, too. */
  follow(app: RunningApp): RunningApp {
    this.#apps.push(app);
    return app;
  }

  /** Every leak but those in the credentials file, where the access key may be. Fails when a place is missing or there is no secret to look for. */
  async leaks(secrets: readonly string[]): Promise<Leak[]> {
    return [...this.inFiles(secrets), ...this.inArguments(secrets), ...(await this.#inWindows(secrets)), ...(await this.#inSight(secrets))];
  }

  /** The app's data with its logs and crash dumps, the user's home with the AWS files and their backups, the folders for temporary and runtime files. */
  inFiles(secrets: readonly string[]): Leak[] {
    const { desktop, dataFolder, home, awsFiles } = this.#rig;
    // The desktop's own folder has those that its variables name: configuration, caches, runtime files.
    return [dataFolder, home, dirname(desktop.env['HOME'] ?? '')]
      .flatMap((folder) => leaksInFolder(folder, secrets))
      .filter(({ where }) => where !== awsFiles.credentials);
  }

  /** Of every process so far, those that have ended included. */
  inArguments(secrets: readonly string[]): Leak[] {
    return this.#processes.list().flatMap((seen) => leaksIn(`arguments of ${seen.name}`, seen.arguments, secrets));
  }

  /** Every process so far that had one of the secrets in its environment. */
  holders(secrets: readonly string[]): SeenProcess[] {
    return this.#processes.list().filter(({ environment }) => leaksIn('', environment, secrets).length > 0);
  }

  /** The programs of the processes so far, by the names that the kernel has for them. */
  programs(): ReadonlySet<string> {
    return new Set(this.#processes.list().map(({ name }) => name));
  }

  close(): void {
    this.#processes.close();
  }

  async #inWindows(secrets: readonly string[]): Promise<Leak[]> {
    const pages = this.#apps.flatMap((app) => app.windows()).filter((page) => !page.isClosed());
    const leaks: Leak[] = [];
    for (const page of pages) leaks.push(...(await leaksInRenderer(page, secrets)));
    return leaks;
  }

  /** The clipboard, notifications, window titles, the tray, and what the app prints. */
  async #inSight(secrets: readonly string[]): Promise<Leak[]> {
    const { desktop } = this.#rig;
    const app = this.#apps.findLast((each) => each.isRunning);
    const texts: Readonly<Record<string, unknown>> = {
      'the clipboard': await desktop.clipboard.readText(),
      'the notifications': desktop.notifications.received(),
      'the titles of windows': (await desktop.windows()).map(({ title }) => title),
      'the tray': app === undefined ? [] : [await app.tray.tooltip(), await app.tray.menu()],
      'the output of the app': this.#apps.map(({ output }) => output),
    };
    return Object.entries(texts).flatMap(([where, text]) => leaksIn(where, JSON.stringify(text), secrets));
  }
}
