import { homedir } from 'node:os';
import { app } from 'electron';
import type { Broker } from '../broker/broker.ts';
import { hostedExec, type HostedCommandRunner } from '../broker/local-api/hosted-exec.ts';
import { openLocalApi, type ApiHandlers, type LocalApi } from '../broker/local-api/server.ts';
import { succeeded } from '../core/errors.ts';
import { apiAddress } from '../core/local-api/api-address.ts';
import { mergeHandlers } from '../core/merge-handlers.ts';
import { errorSentences, type Translate } from '../core/texts/translate.ts';
import { logBug, logEvent } from '../platform/desktop/log.ts';
import { loggedHandlers } from './event-log.ts';

type Parts = {
  readonly broker: Pick<Broker, 'store' | 'apiHandlers' | 'isCaller'>;
  readonly host: HostedCommandRunner;
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

  get isOpen(): boolean {
    return this.#opened !== null;
  }

  /** Where it cannot be opened the user is told, and the app goes on without it. */
  async open({ report }: Pick<ApiHandlers, 'report'>): Promise<void> {
    const { broker, host, openPanel, text, env, userDataDir } = this.#parts;
    const panel = async () => {
      openPanel();
      return succeeded({});
    };
    // Of the launcher that waits, the log has what was asked for it.
    const answered = loggedHandlers(mergeHandlers(broker.apiHandlers, { panel, report }));
    const handlers = mergeHandlers(
      answered,
      loggedHandlers({
        exec: hostedExec({
          host,
          isCaller: broker.isCaller,
          handlers: answered,
          version: app.getVersion(),
          dataFolder: app.getPath('userData'),
          platform: process.platform,
        }),
      }),
    );
    const opened = await openLocalApi({
      address: apiAddress({ platform: process.platform, env, userDataDir, homedir: homedir() }),
      handlers,
      sentences: (error) => errorSentences(text(), error),
      onBug: logBug,
    });
    logEvent({ event: 'local-api', state: opened.ok ? 'open' : 'closed' });
    if (opened.ok) this.#opened = opened.value;
    else broker.store.notify({ kind: 'failed', profile: null, error: opened.error });
  }

  async dispose(): Promise<void> {
    await this.#opened?.dispose();
  }
}
