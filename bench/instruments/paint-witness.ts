import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { within } from '../../testing/processes/deadline.ts';

const Witnessed = z.object({ shownAt: z.number(), paintedAt: z.number() });

const patienceMs = 20_000;

/** Hears from an app, by `programs/paint-witness.cjs` in it, when its windows were first painted. */
export class PaintWitness {
  /** For the app: what loads the witness, and where that tells. */
  readonly env: Readonly<Record<string, string>>;
  readonly #server: Server;
  #hear: (witnessed: z.infer<typeof Witnessed>) => void = () => {};

  private constructor(socket: string) {
    this.env = { NODE_OPTIONS: `--require ${join(import.meta.dirname, '../programs', 'paint-witness.cjs')}`, PAINT_WITNESS: socket };
    this.#server = createServer((connection) => {
      void text(connection).then((told) => this.#hear(Witnessed.parse(JSON.parse(told))));
    });
    this.#server.listen(socket);
  }

  static async open(rig: AppRig, name: string): Promise<PaintWitness> {
    const witness = new PaintWitness(join(rig.env['XDG_RUNTIME_DIR'] ?? '', `${name}.sock`));
    await once(witness.#server, 'listening');
    return witness;
  }

  /** From the request until the window that it opens is on the screen with content, in milliseconds. */
  async paintAfter(request: () => unknown): Promise<number> {
    const told = new Promise<z.infer<typeof Witnessed>>((resolve) => (this.#hear = resolve));
    const begin = performance.timeOrigin + performance.now();
    request();
    const { shownAt, paintedAt } = await within(patienceMs, 'No window was painted', told);
    return Math.max(shownAt, paintedAt) - begin;
  }

  close(): void {
    this.#server.close();
  }
}
