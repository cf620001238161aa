import { homedir } from 'node:os';
import type { Broker } from '../broker/broker.ts';
import { openLocalApi, type LocalApi } from '../broker/local-api/server.ts';
import { succeeded } from '../core/errors.ts';
import { apiAddress } from '../core/local-api/api-address.ts';
import { mergeHandlers } from '../core/merge-handlers.ts';
import { errorSentences, type Translate } from '../core/texts/translate.ts';
import { logBug } from '../platform/desktop/log.ts';

type Parts = {
  readonly broker: Pick<Broker, 'store' | 'apiHandlers'>;
  readonly openPanel: () => void;
  readonly text: () => Translate;
  readonly env: NodeJS.ProcessEnv;
  readonly userDataDir: string | null;
};

/** The local API, from when it is opened: other programs find the app by it. */
export class AppLocalApi {
  readonly #parts: Parts;
  #opened: LocalApi | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Where it cannot be opened the user is told, and the app goes on without it. */
  async open(): Promise<void> {
    const { broker, openPanel, text, env, userDataDir } = this.#parts;
    const panel = async () => {
      openPanel();
      return succeeded({});
    };
    const opened = await openLocalApi({
      address: apiAddress({ platform: process.platform, env, userDataDir, homedir: homedir() }),
      handlers: mergeHandlers(broker.apiHandlers, { panel }),
      sentences: (error) => errorSentences(text(), error),
      onBug: logBug,
    });
    if (opened.ok) this.#opened = opened.value;
    else broker.store.notify({ kind: 'failed', profile: null, error: opened.error });
  }

  async dispose(): Promise<void> {
    await this.#opened?.dispose();
  }
}
