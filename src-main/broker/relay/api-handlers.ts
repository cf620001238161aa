import type { ApiHandlers } from '../local-api/server.ts';
import type { RelayedHandOffs } from './relayed-hand-offs.ts';

/** What a command line asks that waits for its run. */
export function relayApiHandlers({ relay }: { readonly relay: Pick<RelayedHandOffs, 'hold'> }) {
  return { 'relay-run': ({ run }, { signal }) => relay.hold(run, signal) } satisfies Partial<ApiHandlers>;
}
