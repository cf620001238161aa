import { useMemo, useState } from 'react';
import type { ListedAccount } from '../../src-main/contract/local-api.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import { listedAccounts } from '../../src-main/core/sessions/listed-accounts.ts';
import { MarkAccountButton } from '../accounts/mark-account-button.tsx';
import { useTexts } from '../context/app-context.ts';
import controls from '../controls/controls.module.css';
import { AccountId } from '../parts/account-id.tsx';
import { AccountDot, ProductionLabel } from '../parts/account-mark.tsx';
import { Button } from '../parts/button.tsx';
import styles from './account-rows.module.css';

type AccountRowsProps = {
  readonly state: Pick<UiState, 'profiles' | 'checks' | 'settings'>;
  /** Called when the dialog about an account opens and closes. */
  readonly onDialog: (open: boolean) => void;
};

/** How many accounts are shown before somebody asks for all: some people have hundreds. */
const firstShown = 6;

/** How many of its profiles are named beside an account. */
const profilesShown = 3;

/** Every account that the app knows, to be named, coloured and marked: production first, then by name, and at last those that have none. */
export function AccountRows({ state: { profiles, checks, settings }, onDialog }: AccountRowsProps) {
  const { t, number } = useTexts();
  const [showsAll, setShowsAll] = useState(false);
  const accounts = useMemo(() => listedAccounts({ profiles, checks, settings }).toSorted(byImportance), [profiles, checks, settings]);
  if (accounts.length === 0) return <p className={controls.hint}>{t('settings.accounts.none')}</p>;
  const shown = showsAll ? accounts : accounts.slice(0, firstShown);
  return (
    <>
      {shown.map((account) => (
        <AccountRow key={account.accountId} account={account} known={settings.accounts} onDialog={onDialog} />
      ))}
      {shown.length < accounts.length && (
        <div className={styles.more}>
          <Button tone="quiet" onClick={() => setShowsAll(true)}>
            {t('settings.accounts.all', { count: number(accounts.length) })}
          </Button>
        </div>
      )}
    </>
  );
}

type AccountRowProps = Pick<AccountRowsProps, 'onDialog'> & { readonly account: ListedAccount; readonly known: UiState['settings']['accounts'] };

function AccountRow({ account: { accountId, name, alias, color, production, profiles }, known, onDialog }: AccountRowProps) {
  const { t } = useTexts();
  const shownName = name ?? alias;
  const account = { accountId, name: shownName, color, production };
  const of = shownName === null ? accountId : shortened(shownName, nameMax);
  return (
    <div className={controls.fileRow}>
      <div className={controls.file}>
        <p className={styles.name}>
          <AccountDot account={account} /> <span>{shownName === null ? <AccountId accountId={accountId} size="small" /> : of}</span>{' '}
          {production && <ProductionLabel />}
        </p>
        <p className={`${controls.hint} ${styles.rest}`}>
          {shownName !== null && <AccountId accountId={accountId} size="small" />} {profiles.length > 0 && <span>{listed(profiles)}</span>}
        </p>
      </div>
      <MarkAccountButton
        account={account}
        known={known}
        words={{ shown: t('settings.accounts.edit'), full: t('settings.accounts.editOf', { account: of }) }}
        onOpen={onDialog}
      />
    </div>
  );
}

function listed(profiles: readonly string[]): string {
  const shown = profiles.slice(0, profilesShown).map((profile) => shortened(profile, nameMax));
  return [...shown, ...(profiles.length > profilesShown ? ['…'] : [])].join(', ');
}

function byImportance(one: ListedAccount, other: ListedAccount): number {
  if (one.production !== other.production) return one.production ? -1 : 1;
  const [name, otherName] = [one.name ?? one.alias, other.name ?? other.alias];
  if (name === null || otherName === null) return Number(name === null) - Number(otherName === null);
  return name.localeCompare(otherName);
}
