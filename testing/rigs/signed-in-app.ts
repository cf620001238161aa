import { setTimeout as delay } from 'node:timers/promises';
import { testCipher } from '../samples/test-cipher.ts';
import { startLastingBroker } from './lasting-broker.ts';

/** What the process is told by its parent. `key` is that of the keychain, in hexadecimal; `ahead` is how far its clock is on, in milliseconds. */
export type SignedInTask = { readonly folder: string; readonly key: string; readonly endpoint: string; readonly ahead: number };

/**
 * An app without windows for a test to kill: its programs ask for `dev` without end, so that it renews the sign-in
 * whenever that is due. It says `working` when it begins, and tells each failure.
 */
process.once('message', (task: SignedInTask) => void serveForEver(task));

async function serveForEver({ folder, key, endpoint, ahead }: SignedInTask): Promise<void> {
  const fail = (error: unknown): void => void process.send?.({ failed: error });
  const broker = await startLastingBroker({
    folder,
    cipher: testCipher(Buffer.from(key, 'hex')),
    endpoint,
    code: () => Promise.reject(new Error('A sign-in asks for no code')),
    onBug: (bug) => fail(String(bug)),
    world: { now: () => Date.now() + ahead },
  });
  await broker.heldSignIns.restore();
  process.send?.('working');
  const requester = { by: 'program', program: async () => null, signal: new AbortController().signal, waitMs: 20_000 } as const;
  for (;;) {
    const asked = await broker.sessions.credentials('dev', { minLeftMs: 0, requester });
    if (!asked.ok) fail(asked.error);
    await delay(5);
  }
}
