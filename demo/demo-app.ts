import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { within } from '../testing/processes/deadline.ts';
import { checkout, electronExecutable, sandboxArguments } from '../testing/app/running-app.ts';
import type { DemoMachine } from './demo-machine.ts';

const quitMs = 5_000;
const kept = 4_000;

/** The app as a user starts it: nothing looks inside it, as Playwright would. */
export class DemoApp {
  readonly pid: number;
  /** Resolves to the app's exit code when it has ended; to 1 when a signal ended it. */
  readonly ended: Promise<number>;
  readonly #child: ChildProcess;
  #said = '';

  private constructor(child: ChildProcess, pid: number) {
    this.#child = child;
    this.pid = pid;
    this.ended = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : 1));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-kept);
    });
  }

  static async start(machine: DemoMachine, env: NodeJS.ProcessEnv, args: readonly string[] = []): Promise<DemoApp> {
    const all = [...sandboxArguments(), checkout, `--user-data-dir=${machine.dataFolder}`, ...args];
    const child = spawn(electronExecutable(), all, { cwd: machine.home, env: { ...env, ...machine.env }, stdio: ['ignore', 'ignore', 'pipe'] });
    await once(child, 'spawn');
    if (child.pid === undefined) throw new Error('Electron has no process id');
    return new DemoApp(child, child.pid);
  }

  /** The last text that it wrote to stderr. */
  get said(): string {
    return this.#said.trim();
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    await within(quitMs, 'The app did not quit', this.ended).catch(async () => {
      this.#child.kill('SIGKILL');
      await this.ended;
    });
  }
}
