import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { poll, within } from './deadline.ts';

export interface ProcessSpec {
  readonly command: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

const STDERR_KEPT = 4_000;
const TERM_GRACE_MS = 3_000;

// For an owner that never gets to close its process: otherwise an X server would outlive this process for ever.
const running = new Set<ChildProcessByStdio<Writable, Readable, Readable>>();
const endAll = (): void => running.forEach((child) => child.kill('SIGKILL'));

/** A child process with one owner. It ends when the owner closes it or when this process exits; it is ended by its pid. */
export class OwnedProcess {
  readonly pid: number;
  readonly #command: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  #stdout = '';
  #stderr = '';

  private constructor(spec: ProcessSpec, child: ChildProcessByStdio<Writable, Readable, Readable>, pid: number) {
    this.pid = pid;
    this.#command = spec.command;
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    // When a child ends before it has read its input, its exit reports that, and EPIPE is ignored.
    child.stdin.on('error', () => undefined);
    child.stdin.end(spec.stdin ?? '');
    if (running.size === 0) process.on('exit', endAll);
    running.add(child);
    child.once('exit', () => {
      running.delete(child);
      if (running.size === 0) process.removeListener('exit', endAll);
    });
  }

  /** Rejects when the command is not installed. */
  static async spawn(spec: ProcessSpec): Promise<OwnedProcess> {
    const child = spawn(spec.command, [...(spec.args ?? [])], { env: { ...spec.env }, stdio: ['pipe', 'pipe', 'pipe'] });
    await once(child, 'spawn').catch((cause: unknown) => {
      throw new Error(`${spec.command} could not be started: is it installed?`, { cause });
    });
    if (child.pid === undefined) throw new Error(`${spec.command} has no process id`);
    return new OwnedProcess(spec, child, child.pid);
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** The first `count` lines of its standard output. */
  async firstLines(count: number, milliseconds = 10_000): Promise<string[]> {
    return poll(
      milliseconds,
      () => `${this.#command} printed fewer than ${count} lines. ${this.#stderr}`,
      () => {
        const complete = this.#stdout.split('\n').slice(0, -1);
        if (complete.length >= count) return complete.slice(0, count);
        if (this.hasEnded) throw this.#earlyEnd();
        return undefined;
      },
    );
  }

  /** Waits for `work`. If the process ends first, fails with what the process printed, which is the better error. */
  async unlessItEnds<T>(work: Promise<T>): Promise<T> {
    if (this.hasEnded) throw this.#earlyEnd();
    const watched = new AbortController();
    const ended = once(this.#child, 'exit', { signal: watched.signal }).then(() => {
      throw this.#earlyEnd();
    });
    ended.catch(() => undefined);
    try {
      return await Promise.race([work, ended]);
    } finally {
      watched.abort();
    }
  }

  async close(): Promise<void> {
    if (this.hasEnded) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await within(TERM_GRACE_MS, `${this.#command} did not end`, exit).catch(async () => {
      this.#child.kill('SIGKILL');
      await exit;
    });
  }

  #earlyEnd(): Error {
    const how = this.#child.signalCode ?? `code ${this.#child.exitCode}`;
    return new Error(`${this.#command} ended early (${how}). ${this.#stderr}`.trim());
  }
}
