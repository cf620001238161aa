import { utilityProcess, type UtilityProcess } from 'electron';
import type { FromHost, HostedAnswer, HostedAsk, HostedCommand, ToHost } from '../../core/local-api/host-messages.ts';
import { processApart } from '../runtime/process-apart.ts';

type Answering = (ask: HostedAsk) => Promise<HostedAnswer>;

type Running = {
  readonly answer: Answering;
  readonly end: (text: string | null) => void;
  /** How many of its questions the app has not answered. */
  open: number;
};

/** How long the process stays when it has nothing to do, in milliseconds: a plan is often followed by an apply. */
const idleMs = 300_000;

/** How long it may be busy without a word, in milliseconds, until its commands are given to processes of their own. */
const silenceMs = 15_000;

/**
 * A process that finds out for launchers what `exec` needs. It is started by the first command, and stays for the
 * next ones. What it reads are projects of anybody's, so it is not the process that holds the keys; where it ends,
 * is killed or says nothing, each of its commands gets a process of its own.
 */
export class CommandHost {
  readonly #entry: string;
  readonly #running = new Map<number, Running>();
  #process: UtilityProcess | null = null;
  #commands = 0;
  #timer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  /** `entry` is the file of the bundled `cli/hosted.ts`. */
  constructor(entry: string) {
    this.#entry = entry;
  }

  /** The lines for the launcher; null where the command needs a process of its own, or after the signal. */
  run(command: HostedCommand, answer: Answering, signal: AbortSignal): Promise<string | null> {
    if (this.#isDisposed || signal.aborted) return Promise.resolve(null);
    this.#commands += 1;
    const number = this.#commands;
    return new Promise((resolve) => {
      const end = (text: string | null): void => {
        this.#running.delete(number);
        signal.removeEventListener('abort', giveUp);
        this.#watch();
        resolve(text);
      };
      const giveUp = (): void => end(null);
      signal.addEventListener('abort', giveUp, { once: true });
      this.#running.set(number, { answer, end, open: 0 });
      this.#send({ ...command, kind: 'command', command: number });
      this.#watch();
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#end();
  }

  #send(message: ToHost): void {
    this.#process ??= this.#start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
    this.#process.postMessage(message);
  }

  #start(): UtilityProcess {
    const started = processApart(utilityProcess, this.#entry, [], 'STS Tray commands');
    started.on('message', (message: FromHost) => void this.#receive(message));
    started.once('exit', () => {
      if (this.#process === started) this.#end();
    });
    return started;
  }

  async #receive(message: FromHost): Promise<void> {
    const running = this.#running.get(message.command);
    if (running === undefined) return;
    if (message.kind === 'ended') return running.end(message.text);
    running.open += 1;
    this.#watch();
    const answer = await running.answer(message);
    running.open -= 1;
    if (this.#running.get(message.command) !== running) return;
    this.#send({ kind: 'answer', ask: message.ask, answer });
    this.#watch();
  }

  /** Ends the process when it was idle, or busy and silent, for too long. While the app itself is asked, that may be a person who takes their time. */
  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#process === null) return;
    const commands = [...this.#running.values()];
    if (commands.length > 0 && commands.every(({ open }) => open > 0)) return;
    this.#timer = setTimeout(() => this.#end(), commands.length === 0 ? idleMs : silenceMs);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#process?.kill();
    this.#process = null;
    for (const { end } of [...this.#running.values()]) end(null);
  }
}
