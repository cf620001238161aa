import type { Asker } from '../../contract/question.ts';
import type { Desktop, WaitingProgram } from '../../contract/ui-state.ts';
import type { RequestingProgram } from '../prompts/waiting-programs.ts';
import type { AskingProgram } from '../questions/confirmations.ts';
import type { ApiContext } from './server.ts';

/** How long a request that a person started waits for the code, in milliseconds. */
const personWaitMs = 10 * 60_000;

/** A process, as a person knows it. */
export type CallingProgram = Asker;

type Parts = {
  /** See `platform/programs/calling-program.ts`; null where it cannot be told. */
  readonly callingProgram: (pid: number) => Promise<CallingProgram | null>;
  readonly platform: Desktop['platform'];
};

type WithPid = { readonly pid?: number | undefined };

/** Who asks by the local API, as far as the request names its process. */
export class Callers {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** For the prompt: who waits for a session, and how long, in milliseconds. */
  requester({ profile, pid }: WithPid & { readonly profile: string }, { signal }: ApiContext, waitMs = personWaitMs): RequestingProgram {
    const program = async (): Promise<WaitingProgram | null> => {
      const caller = pid === undefined ? null : await this.#parts.callingProgram(pid);
      return caller === null ? null : { ...caller, profile };
    };
    return { by: 'program', program, signal, waitMs };
  }

  /** For a question: who asks for what a person has to confirm. */
  asking({ pid }: WithPid, { signal }: ApiContext): AskingProgram {
    return { asker: async () => (pid === undefined ? null : this.#parts.callingProgram(pid)), signal };
  }

  /** For the ledger. On Windows a look takes half a second of PowerShell, which is too much for each of a plan's dozens of calls. */
  async program({ pid }: WithPid): Promise<CallingProgram | null> {
    return pid === undefined || this.#parts.platform === 'win32' ? null : this.#parts.callingProgram(pid);
  }
}
