import { succeeded } from '../../core/errors.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { Ledger } from './ledger.ts';

/** What the command line asks of the ledger. */
export function ledgerApiHandlers({ ledger }: { readonly ledger: Pick<Ledger, 'history'> }) {
  return {
    history: async ({ since, ...filter }) => {
      const records = await ledger.history({ ...filter, since: since === undefined ? undefined : Date.parse(since) });
      return records.ok ? succeeded({ records: records.value }) : records;
    },
  } satisfies Partial<ApiHandlers>;
}
