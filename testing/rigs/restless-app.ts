import { once } from 'node:events';
import { startLastingBroker } from './lasting-broker.ts';
import { works, type Work } from '../samples/app-works.ts';
import { testCipher } from '../samples/test-cipher.ts';

/** What the process is told by its parent. `key` is that of the keychain, in hexadecimal. */
export type Task = { readonly folder: string; readonly key: string; readonly endpoint: string; readonly work: Work };

/** An app without windows for a test to kill: it works without end. It says `working` when it begins, asks its parent for a `code`, and tells each failure. */
process.once('message', (task: Task) => void workForEver(task));

async function workForEver({ folder, key, endpoint, work }: Task): Promise<void> {
  const code = async (): Promise<string> => {
    process.send?.('code');
    const [shown] = (await once(process, 'message')) as [string];
    return shown;
  };
  const fail = (error: unknown): void => void process.send?.({ failed: error });
  const broker = await startLastingBroker({ folder, cipher: testCipher(Buffer.from(key, 'hex')), endpoint, code, onBug: (bug) => fail(String(bug)) });
  process.send?.('working');
  for (;;) for (const error of await works[work](broker, code)) fail(error);
}
