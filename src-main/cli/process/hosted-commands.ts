import type { FromHost, HostedAnswer, HostedName, ToHost } from '../../core/local-api/host-messages.ts';
import type { ApiAnswers, ApiName, ApiRequest, CallerFiles } from '../../contract/local-api.ts';
import { exitLine, textLines } from '../../core/hand-offs/launcher-lines.ts';
import type { Answer } from './app-connection.ts';
import { callingShell, type CallingShell } from './calling-shell.ts';
import { exitCodes, stepsWord, type CliWorld } from './cli-world.ts';

/** How much memory may be left of commands that have ended, in bytes. Most of that is HashiCorp's parser, which never gives any back. */
const leftoverMax = 250_000_000;

/** Thrown where a command has to go on in a process of its own. */
class NeedsOwnProcess extends Error {}

type Parts = {
  readonly run: (world: CliWorld) => Promise<number>;
  readonly send: (message: FromHost) => void;
  /** Ends this process; the next command starts another. */
  readonly leave: () => void;
};

type Started = Extract<ToHost, { readonly kind: 'command' }>;
type Asked = (answer: HostedAnswer) => void;

/** Commands of `exec` that run side by side in this process, each in the world of the launcher that asked for it. */
export class HostedCommands {
  readonly #parts: Parts;
  readonly #asked = new Map<number, Asked>();
  #asks = 0;
  #running = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  receive(message: ToHost): void {
    if (message.kind === 'command') return void this.#start(message);
    this.#asked.get(message.ask)?.(message.answer);
    this.#asked.delete(message.ask);
  }

  async #start(started: Started): Promise<void> {
    this.#running += 1;
    const text = await this.#text(started).catch(() => null);
    this.#parts.send({ kind: 'ended', command: started.command, text });
    this.#running -= 1;
    if (this.#running === 0 && process.memoryUsage.rss() > leftoverMax) this.#parts.leave();
  }

  /** What the launcher has to do; null where the command needs a process of its own, after a defect too. */
  async #text(started: Started): Promise<string | null> {
    const shell = await callingShell(started.request.pid);
    // An unset one is looked up elsewhere by each program.
    if (shell === null || !shell.env['HOME'] || started.request.word.some((word) => word.includes('\uFFFD'))) return null;
    const said: string[] = [];
    const exitCode = await this.#parts.run(this.#world(started, shell, (text) => void said.push(text)));
    return `${said.join('')}${exitCode === exitCodes.done ? '' : exitLine(exitCode)}`;
  }

  #world({ command, request: { word, pid, terminal }, version, dataFolder }: Started, { env, cwd }: CallingShell, say: (lines: string) => void): CliWorld {
    const needsOwnProcess = (): never => {
      throw new NeedsOwnProcess();
    };
    return {
      args: [stepsWord, ...word],
      env,
      platform: process.platform,
      homedir: env['HOME'] ?? '',
      cwd,
      parentPid: pid,
      version,
      dataFolder,
      runtimeFolder: null,
      app: { executable: '', args: [] },
      print: say,
      printError: (text) => say(textLines('say', text)),
      isTerminal: { stdout: false, stderr: terminal !== 'none' },
      interactive: terminal === 'both',
      // A person is asked at the terminal itself.
      readLine: needsOwnProcess,
      host: {
        ask: async (name, fields, files) => (mayAsk(name, fields) ? await this.#ask(command, name, fields, files) : needsOwnProcess()),
        needsOwnProcess,
      },
    };
  }

  #ask<N extends ApiName>(command: number, name: N & HostedName, fields: ApiRequest<N>, files: CallerFiles): Promise<Answer<ApiAnswers[N]>> {
    this.#asks += 1;
    const ask = this.#asks;
    return new Promise((resolve) => {
      this.#asked.set(ask, resolve as Asked);
      this.#parts.send({ kind: 'ask', command, ask, name, fields, files });
    });
  }
}

/** Keys themselves stay out of a process that lives on, and what opens a window is announced at the terminal first. */
function mayAsk<N extends ApiName>(name: N, fields: ApiRequest<N>): name is N & HostedName {
  return name === 'check' || (name === 'hand-off' && 'credentials' in fields && fields.credentials === 'renewable');
}
