import type { Profile, UiState } from '../../../contract/ui-state.ts';
import { accountOf } from '../../sessions/accounts.ts';
import type { Translate } from '../../texts/translate.ts';

/** Whether the profile leads to an account that the user marked as production. */
export function isProduction(profile: Profile, { accounts, settings }: UiState): boolean {
  return accounts[accountOf(profile, settings) ?? '']?.production ?? false;
}

/** A profile's name, followed by a word that marks it when its account is a production account. */
export function markedName(name: string, profile: Profile, state: UiState, t: Translate): string {
  return isProduction(profile, state) ? t('tray:production', { profile: name }) : name;
}
