import { appError, failed, succeeded } from '../../core/errors.ts';
import { lostProtection } from '../../core/questions/lost-protection.ts';
import { unmarked } from '../../core/sessions/accounts.ts';
import { listedAccounts } from '../../core/sessions/listed-accounts.ts';
import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { Confirmations } from '../questions/confirmations.ts';
import type { SettingsManager } from '../state/settings-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly settings: Pick<SettingsManager, 'setAccount'>;
  readonly confirmations: Pick<Confirmations, 'ask'>;
  readonly callers: Pick<Callers, 'asking'>;
};

/** What the command line asks about accounts. */
export function accountApiHandlers({ store, settings, confirmations, callers }: Parts) {
  return {
    accounts: async () => succeeded({ accounts: listedAccounts(store.content) }),
    'mark-account': async ({ pid, ...marks }, context) => {
      const { accountId } = marks;
      const action = lostProtection(marks, store.content.settings.accounts[accountId] ?? unmarked);
      if (action !== null) {
        const describe = async () => succeeded({ profile: null, accountIds: [accountId], action });
        const confirmed = await confirmations.ask(describe, callers.asking({ pid }, context));
        if (!confirmed.ok) return confirmed;
      }
      settings.setAccount(marks);
      const account = listedAccounts(store.content).find((each) => each.accountId === accountId);
      // It is known from now on: it was marked.
      return account === undefined ? failed(appError('request-invalid', { reason: 'account' })) : succeeded({ account });
    },
  } satisfies Partial<ApiHandlers>;
}
