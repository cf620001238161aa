import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';

/** How long a connection is kept that nothing uses, in milliseconds. */
const idleMs = 15_000;

/** The connections to STS of one run, which are kept for its next call: opening one takes as long as two answers. */
export class Connections {
  readonly #plain = new Agent({ keepAlive: true, timeout: idleMs });
  readonly #secure = new SecureAgent({ keepAlive: true, timeout: idleMs });

  to({ protocol }: URL): Agent {
    return protocol === 'https:' ? this.#secure : this.#plain;
  }

  dispose(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }
}
