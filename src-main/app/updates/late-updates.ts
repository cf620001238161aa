import { app } from 'electron';
import type { Broker } from '../../broker/broker.ts';
import type { UpdateNotices } from '../../broker/updates/update-notices.ts';
import type { CommandHandlers } from '../../contract/ipc.ts';
import { lateOnce } from '../../core/calls/late.ts';

/**
 * News of versions, loaded when somebody has to do with it: at the start only where the user wants it, else with the
 * settings, which have the switch.
 */
export class LateUpdates {
  readonly #broker: Pick<Broker, 'store' | 'settings'>;
  /** Resolves when the state says what is known. */
  readonly open: () => Promise<UpdateNotices>;

  /** `signal` aborts when the app ends. */
  constructor(broker: Pick<Broker, 'store' | 'settings'>, env: NodeJS.ProcessEnv, signal: AbortSignal) {
    this.#broker = broker;
    this.open = lateOnce(async () => (await import('./open-updates.ts')).openUpdates({ ...broker, env, signal, appPath: app.getAppPath() }));
    if (broker.store.content.settings.tellUpdates) void this.open();
  }

  get commands() {
    return {
      checkForUpdates: async () => (await this.open()).check(),
      closeUpdate: ({ version }) => this.#broker.settings.rememberUpdates({ closed: version }),
    } satisfies Partial<CommandHandlers>;
  }
}
