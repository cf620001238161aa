import { z } from 'zod';
import { LimitId } from '../../contract/session-policies.ts';
import { RelayRequest } from '../../contract/relay.ts';
import { jsonOf } from '../../core/json.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { removePrivateFile, writePrivateFile } from '../../files/private-file.ts';
import { ownFileBytesMax, readRegularFile } from '../../files/read-file.ts';

/** A terminal whose run goes on after the app was started anew. Its token is only in its own environment. */
const KeptTerminal = z.strictObject({
  run: z.uuid(),
  port: z.number().int().min(1).max(65_535),
  tokenDigest: z.string().regex(/^[0-9a-f]{64}$/),
  /** That the terminal holds open. */
  fifo: z.string(),
  profile: z.string(),
  /** Into which the profile led when the terminal was opened; left out by versions that did not keep it. */
  accountId: z.string().optional(),
  /** Of a terminal with a limited session. */
  limit: LimitId.optional(),
  /** What its folder says; null where none was chosen. */
  project: RelayRequest.shape.project.nullable(),
});
export type KeptTerminal = z.infer<typeof KeptTerminal>;

const TerminalsFile = z.strictObject({ version: z.literal(1), terminals: z.array(KeptTerminal) });

/** The list of the terminals that are open, in a private file without secrets. One that cannot be written is not restored. */
export class KeptTerminals {
  readonly #file: string;
  readonly #queue = new SerialQueue();

  constructor(file: string) {
    this.#file = file;
  }

  /** Empty for a file that is not there, or that this version did not write. */
  read(): Promise<readonly KeptTerminal[]> {
    return this.#queue.run(() => this.#read());
  }

  keep(terminal: KeptTerminal): Promise<void> {
    return this.#change((terminals) => [...terminals, terminal]);
  }

  forget(run: string): Promise<void> {
    return this.#change((terminals) => terminals.filter((terminal) => terminal.run !== run));
  }

  settled(): Promise<void> {
    return this.#queue.run(async () => {});
  }

  #change(change: (terminals: readonly KeptTerminal[]) => readonly KeptTerminal[]): Promise<void> {
    return this.#queue.run(async () => {
      const terminals = change(await this.#read());
      if (terminals.length === 0) await removePrivateFile(this.#file);
      else await writePrivateFile(this.#file, Buffer.from(JSON.stringify({ version: 1, terminals })));
    });
  }

  async #read(): Promise<readonly KeptTerminal[]> {
    const parsed = TerminalsFile.safeParse(jsonOf((await readRegularFile(this.#file, ownFileBytesMax).catch(() => '')).toString()));
    return parsed.success ? parsed.data.terminals : [];
  }
}
