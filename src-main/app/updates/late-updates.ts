import { app } from 'electron';
import type { Broker } from '../../broker/broker.ts';
import type { UpdateNotices } from '../../broker/updates/update-notices.ts';
import type { CommandHandlers } from '../../contract/ipc.ts';

/**
 * News of versions, loaded when somebody has to do with it: at the start only where the user wants it, else with the
 * settings, which have the switch.
 */
export class LateUpdates {
  readonly #broker: Pick<Broker, 'store' | 'settings'>;
  readonly #env: NodeJS.ProcessEnv;
  readonly #signal: AbortSignal;
  #notices: Promise<UpdateNotices> | null = null;

  /** `signal` aborts when the app ends. */
  constructor(broker: Pick<Broker, 'store' | 'settings'>, env: NodeJS.ProcessEnv, signal: AbortSignal) {
    this.#broker = broker;
    this.#env = env;
    this.#signal = signal;
    if (broker.store.content.settings.tellUpdates) void this.open();
  }

  /** Resolves when the state says what is known. */
  async open(): Promise<UpdateNotices> {
    this.#notices ??= import('./open-updates.ts').then(({ openUpdates }) =>
      openUpdates({ ...this.#broker, env: this.#env, signal: this.#signal, appPath: app.getAppPath() }),
    );
    return this.#notices;
  }

  get commands() {
    return {
      checkForUpdates: async () => (await this.open()).check(),
      closeUpdate: ({ version }) => this.#broker.settings.rememberUpdates({ closed: version }),
    } satisfies Partial<CommandHandlers>;
  }
}
