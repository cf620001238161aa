import type { ApiRequest } from '../../contract/local-api.ts';
import type { Asker } from '../../contract/question.ts';
import type { Desktop } from '../../contract/desktop/desktop.ts';
import type { WaitingProgram } from '../../contract/ui-state.ts';
import type { RequestingProgram } from '../prompts/waiting-programs.ts';
import type { AskingProgram } from '../questions/confirmations.ts';
import type { ApiContext } from './server.ts';

/** How long a request that a person started waits for the code, in milliseconds. */
const personWaitMs = 10 * 60_000;

/** A process, as a person knows it. */
export type CallingProgram = Pick<Asker, 'pid' | 'command' | 'folder'>;

/** Who gets a session. */
export type Recipient = {
  /** As it names itself, which is quickly told; null when it cannot be. */
  readonly named: () => Promise<CallingProgram | null>;
  /** With what the kernel says of it, which is asked only for a line of the ledger. */
  readonly known: () => Promise<Asker | null>;
};

/** What the kernel says of a process that was named: whether it is connected or started what is, and what is really connected. */
type Identity = { readonly verified: boolean; readonly connected: CallingProgram | null };

type Parts = {
  /** See `platform/programs/calling-program.ts`; null where it cannot be told. */
  readonly callingProgram: (pid: number) => Promise<CallingProgram | null>;
  /** See `platform/programs/socket-peer.ts`; empty where it cannot be told. */
  readonly connectedProcesses: (inode: number) => Promise<readonly number[]>;
  readonly descendsFrom: (pid: number, ancestor: number) => Promise<boolean>;
  /** Null where it cannot be told. */
  readonly executableOf: (pid: number) => Promise<string | null>;
  readonly platform: Desktop['platform'];
};

type WithPid = { readonly pid?: number | undefined };

/**
 * Who asks by the local API. A request names its process, which is believed only where the kernel agrees. It
 * is asked when somebody reads the answer, in a window or in the ledger, since the look takes longer than
 * most requests.
 */
export class Callers {
  readonly #parts: Parts;
  /** By the signal of a request, which stays the same in all that is asked for it. */
  readonly #identities = new WeakMap<AbortSignal, Promise<Identity>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** For the prompt: who waits for a session, and how long, in milliseconds. */
  requester({ profile, pid }: WithPid & { readonly profile: string }, context: ApiContext, waitMs = personWaitMs): RequestingProgram {
    const program = async (): Promise<WaitingProgram | null> => {
      const asker = await this.#asker(pid, context);
      return asker === null ? null : { ...asker, profile };
    };
    return { by: 'program', program, signal: context.signal, waitMs };
  }

  /** For a question: who asks for what a person has to confirm. */
  asking({ pid }: WithPid, context: ApiContext): AskingProgram {
    return { asker: () => this.#asker(pid, context), signal: context.signal };
  }

  /**
   * For the ledger. `program` is what `exec` is about to become. On Windows a look takes half a second of
   * PowerShell, which is too much for each of a plan's dozens of calls.
   */
  recipient({ pid, program }: WithPid & Pick<ApiRequest<'hand-off'>, 'program'>, context: ApiContext): Recipient {
    if (pid !== undefined && program !== undefined) {
      const named = { pid, ...program };
      return {
        named: async () => named,
        known: async () => this.#identified(named, await this.#identity(pid, context), program.command.split(' ')[0] ?? null),
      };
    }
    if (this.#parts.platform === 'win32') return { named: async () => null, known: async () => null };
    // At once, as a caller waits for it.
    const named = pid === undefined ? null : this.#parts.callingProgram(pid);
    return {
      named: () => named ?? this.#asker(pid, context),
      known: () => this.#asker(pid, context),
    };
  }

  /** For the question whether a program may have a session, which waits for a person anyway. */
  wanting(request: WithPid & Pick<ApiRequest<'hand-off'>, 'program'>, context: ApiContext): Pick<Recipient, 'known'> & Pick<ApiContext, 'signal'> {
    const known = request.program === undefined ? () => this.#asker(request.pid, context) : this.recipient(request, context).known;
    return { known, signal: context.signal };
  }

  /** Whether the kernel says that the process which a request names is connected, or has started what is. */
  async isVerified({ pid }: WithPid, context: ApiContext): Promise<boolean> {
    return (await this.#identity(pid, context)).verified;
  }

  async #asker(pid: number | undefined, context: ApiContext): Promise<Asker | null> {
    const [named, identity] = await Promise.all([pid === undefined ? null : this.#parts.callingProgram(pid), this.#identity(pid, context)]);
    if (named !== null) return this.#identified(named, identity);
    return identity.connected === null ? null : this.#identified(identity.connected, { verified: true, connected: null });
  }

  #identity(pid: number | undefined, context: ApiContext): Promise<Identity> {
    const known = this.#identities.get(context.signal) ?? this.#lookUp(pid, context);
    this.#identities.set(context.signal, known);
    return known;
  }

  async #lookUp(pid: number | undefined, { connection }: ApiContext): Promise<Identity> {
    const { connectedProcesses, descendsFrom, callingProgram } = this.#parts;
    const inode = connection?.() ?? null;
    const peers = inode === null ? [] : await connectedProcesses(inode);
    const [peer] = peers;
    if (peer === undefined) return { verified: false, connected: null };
    const verified = pid !== undefined && (await Promise.all(peers.map((each) => descendsFrom(each, pid)))).every(Boolean);
    return { verified, connected: verified ? null : await callingProgram(peer) };
  }

  /** `becomes` is the executable that a process is about to run, as far as it says. */
  async #identified(named: CallingProgram, { verified, connected }: Identity, becomes: string | null = null): Promise<Asker> {
    const executable = connected === null ? (becomes ?? (await this.#parts.executableOf(named.pid))) : await this.#parts.executableOf(connected.pid);
    return { ...named, executable, verified, peer: connected === null ? null : { pid: connected.pid, command: connected.command } };
  }
}
