import { release } from 'node:os';
import { app } from 'electron';
import type { Broker } from '../broker/broker.ts';
import type { ApiContext, ApiHandlers } from '../broker/local-api/server.ts';
import type { Desktop } from '../contract/desktop/desktop.ts';
import type { Result } from '../contract/app-error.ts';
import type { ApiName } from '../contract/local-api.ts';
import { ledgerEvent } from '../core/log/ledger-event.ts';
import { machineFacts } from '../core/report/report-facts.ts';
import { stateEvents } from '../core/log/state-events.ts';
import { endOfRunBefore, logEvent, logFailure } from '../platform/desktop/log.ts';
import { watchPower } from '../platform/desktop/power.ts';

/** What the app runs on. */
export function logStart(env: NodeJS.ProcessEnv, { unofficialRuntime, dataFolder }: Pick<Desktop, 'unofficialRuntime' | 'dataFolder'>): void {
  const before = endOfRunBefore(dataFolder);
  const { distribution: _, ...facts } = machineFacts({ ...process, app: app.getVersion(), release: release(), osRelease: '', env });
  logEvent({
    event: 'started',
    ...(before === null ? {} : { before }),
    ...facts,
    electron: facts.electron ?? facts.node,
    runtime: unofficialRuntime === null ? 'official' : 'other',
    packaged: app.isPackaged ? 'yes' : 'no',
  });
}

/** Logs what happens, to the very end: what cannot be written while the app quits is logged too. */
export function logWhatHappens({ store, ledger, relayRuns }: Pick<Broker, 'store' | 'ledger' | 'relayRuns'>): void {
  logStart(process.env, store.content.desktop);
  let before = store.state;
  store.subscribe((state) => {
    for (const event of stateEvents(before, state)) logEvent(event);
    before = state;
  });
  ledger.onEntry((entry) => logEvent(ledgerEvent(entry)));
  relayRuns.onRuns({
    changed: (change) => logEvent({ event: 'run', ...change }),
    refused: (error) => {
      logEvent({ event: 'relay-refused', code: error.code });
      logFailure(error);
    },
  });
  watchPower((state) => logEvent({ event: 'power', state }));
  app.on('before-quit', () => logEvent({ event: 'quitting' }));
}

/** The same handlers, with a line of the log for each answer. */
export function loggedHandlers<H extends Partial<ApiHandlers>>(handlers: H): H {
  const logged = Object.entries(handlers).map(([name, handler]) => [name, loggedHandler(name as ApiName, handler as AnyHandler)] as const);
  return Object.fromEntries(logged) as H;
}

type AnyHandler = (request: unknown, context: ApiContext) => Promise<Result<object>>;

function loggedHandler(name: ApiName, handler: AnyHandler): AnyHandler {
  return async (request, context) => {
    const begun = performance.now();
    const result = await handler(request, context);
    logEvent({ event: 'asked', name, outcome: result.ok ? 'done' : result.error.code, ms: performance.now() - begun });
    // No failure: the launcher goes on by itself.
    if (!result.ok && result.error.code !== 'exec-own-process') logFailure(result.error);
    return result;
  };
}
