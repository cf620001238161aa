import type { LedgerEntry } from '../../contract/ledger.ts';
import type { LogEvent } from './log-events.ts';

/** What the log says of an entry of the ledger: that it happened, and never to whom. */
export function ledgerEvent(entry: LedgerEntry): LogEvent {
  switch (entry.event) {
    case 'issued':
      return { event: 'session-started', kind: entry.kind };
    case 'ended':
      return { event: 'session-ended', how: entry.how };
    case 'handed-off':
      return { event: 'handed-off', way: entry.way, credentials: entry.credentials };
    case 'revoked':
    case 'revocation-removed':
      return { event: entry.event };
    case 'reached':
      return { event: 'run-reached', what: entry.role === null ? 'session' : 'role', outcome: entry.outcome };
    case 'access-key':
      return { event: 'key-changed', change: entry.change };
  }
}
