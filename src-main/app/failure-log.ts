import type { UiStateStore } from '../broker/state/ui-state-store.ts';
import { logFailure } from '../platform/desktop/log.ts';

/** Logs every failure that the user is told of, once, to the very end: what cannot be written while the app quits is logged too. */
export function logFailures(store: Pick<UiStateStore, 'subscribe'>): void {
  let loggedNotice = 0;
  store.subscribe(({ notice }) => {
    if (notice?.kind !== 'failed' || notice.noticeId === loggedNotice) return;
    loggedNotice = notice.noticeId;
    logFailure(notice.error);
  });
}
