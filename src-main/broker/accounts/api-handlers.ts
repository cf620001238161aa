import { appError, failed, succeeded } from '../../core/errors.ts';
import { listedAccounts } from '../../core/sessions/listed-accounts.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { SettingsManager } from '../state/settings-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = { readonly store: Pick<UiStateStore, 'content'>; readonly settings: Pick<SettingsManager, 'setAccount'> };

/** What the command line asks about accounts. */
export function accountApiHandlers({ store, settings }: Parts) {
  return {
    accounts: async () => succeeded({ accounts: listedAccounts(store.content) }),
    'mark-account': async (request) => {
      settings.setAccount(request);
      const account = listedAccounts(store.content).find(({ accountId }) => accountId === request.accountId);
      // It is known from now on: it was marked.
      return account === undefined ? failed(appError('request-invalid', { reason: 'account' })) : succeeded({ account });
    },
  } satisfies Partial<ApiHandlers>;
}
