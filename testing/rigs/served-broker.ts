import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openLocalApi } from '../../src-main/broker/local-api/server.ts';
import { appError, failed, succeeded } from '../../src-main/core/errors.ts';
import { mergeHandlers } from '../../src-main/core/merge-handlers.ts';
import { errorSentences } from '../../src-main/core/texts/translate.ts';
import { shippedTexts } from '../texts/shipped-texts.ts';
import type { BrokerRig } from './broker-rig.ts';

/** A rig's broker at a real socket, as other programs find it. */
export type ServedBroker = {
  /** The app's folder, as the command line takes it. */
  readonly folder: string;
  readonly socket: string;
  readonly dispose: () => Promise<void>;
};

export async function serveBroker(rig: BrokerRig): Promise<ServedBroker> {
  const folder = join(rig.store.state.files.config, '..');
  const socket = join(folder, 'run', 'api.sock');
  await mkdir(join(folder, 'run'), { mode: 0o700 });
  const api = await openLocalApi({
    address: { kind: 'socket', path: socket },
    handlers: mergeHandlers(rig.broker.apiHandlers, {
      panel: async () => succeeded({}),
      report: async () => succeeded({ text: '' }),
      exec: async () => failed(appError('exec-own-process')),
    }),
    sentences: (error) => errorSentences(shippedTexts.en, error),
    onBug: (error) => rig.bugs.push(error),
  });
  if (!api.ok) throw new Error(api.error.code);
  return { folder, socket, dispose: api.value.dispose };
}
