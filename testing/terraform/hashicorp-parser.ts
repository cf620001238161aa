import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

const library = createRequire(import.meta.url).resolve('@cdktn/hcl2json');

const source = `
const { parentPort } = require('node:worker_threads');
const { parse } = require(${JSON.stringify(library)});
parentPort.on('message', (text) => parse('main.tf', text).then((value) => parentPort.postMessage({ value }), () => parentPort.postMessage(null)));
`;

/**
 * HashiCorp's own parser, in a thread of its own: once a text was too much for it, it answers nothing any more in the
 * whole process, and test files share one.
 */
export class HashicorpParser {
  readonly #worker = new Worker(source, { eval: true });

  /** What it reads in the text of a file; null where it refuses the text. */
  async parse(text: string): Promise<{ readonly value: unknown } | null> {
    const answered = once(this.#worker, 'message');
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage(text);
    const [answer] = (await answered) as [{ readonly value: unknown } | null];
    return answer;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
