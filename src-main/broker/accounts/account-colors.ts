import { isColorless } from '../../core/sessions/account-colors.ts';
import type { SettingsManager } from '../state/settings-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = { readonly store: Pick<UiStateStore, 'subscribe'>; readonly settings: Pick<SettingsManager, 'keepAccountColors'> };

/** Keeps the colour that each account is first shown in, so that it has the same one ever after. */
export function keepAccountColors({ store, settings }: Parts): void {
  let seen: object | null = null;
  store.subscribe(({ accounts, settings: kept }) => {
    if (accounts === seen) return;
    seen = accounts;
    const given = Object.values(accounts).filter(({ accountId }) => isColorless(accountId, kept));
    if (given.length > 0) settings.keepAccountColors(Object.fromEntries(given.map(({ accountId, color }) => [accountId, color])));
  });
}
