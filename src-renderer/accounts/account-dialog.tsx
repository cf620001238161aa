import { Dialog } from '@base-ui/react/dialog';
import { useId } from 'react';
import { accountColors } from '../../src-main/contract/limits.ts';
import type { AccountColor } from '../../src-main/contract/settings.ts';
import type { Account, UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { AccountId } from '../parts/account-id.tsx';
import { AccountDot } from '../parts/account-mark.tsx';
import { Button } from '../parts/button.tsx';
import dialog from '../parts/dialog.module.css';
import { SwitchField } from '../controls/switch-field.tsx';
import styles from './account-dialog.module.css';

type AccountDialogProps = { readonly account: Account | null; readonly state: UiState; readonly close: () => void };

/** How an account is marked, wherever it is shown. Each choice takes effect at once. */
export function AccountDialog({ account, state, close }: AccountDialogProps) {
  return (
    <Dialog.Root open={account !== null} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={dialog.dialog}>{account !== null && <Marks account={account} state={state} />}</Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Marks({ account, state }: { readonly account: Account; readonly state: UiState }) {
  const { api, texts } = useApp();
  const { t } = texts;
  const legendId = useId();
  const { accountId, alias, production } = account;
  const chosen = state.settings.accounts[accountId]?.color ?? null;
  const set = (change: { readonly color?: AccountColor | null; readonly production?: boolean }) =>
    void api.setAccount({ accountId, color: chosen, production, ...change });

  return (
    <>
      <Dialog.Title className={dialog.title}>{t('account.mark')}</Dialog.Title>
      <Dialog.Description className={styles.account}>
        <AccountDot account={account} /> <AccountId accountId={accountId} size="small" /> {alias !== null && <span>{alias}</span>}
      </Dialog.Description>
      <div className={styles.production}>
        <SwitchField label={t('account.isProduction')} value={production} change={(next) => set({ production: next })} />
        <p className={dialog.hint}>{t('account.productionHint')}</p>
      </div>
      <fieldset aria-labelledby={legendId} className={styles.colors}>
        <legend id={legendId}>{t('account.color')}</legend>
        <label className={styles.color}>
          <input type="radio" name="color" checked={chosen === null} onChange={() => set({ color: null })} />
          {t('account.automatic')}
        </label>
        {accountColors.map((color) => (
          <label key={color} className={styles.color}>
            <input type="radio" name="color" checked={chosen === color} onChange={() => set({ color })} />
            <AccountDot account={{ color }} />
            {colorName(color)}
          </label>
        ))}
      </fieldset>
      <div className={dialog.buttons}>
        <Dialog.Close render={<Button tone="primary" />}>{t('account.done')}</Dialog.Close>
      </div>
    </>
  );

  function colorName(color: AccountColor): string {
    switch (color) {
      case 'blue':
        return t('account.blue');
      case 'teal':
        return t('account.teal');
      case 'green':
        return t('account.green');
      case 'olive':
        return t('account.olive');
      case 'orange':
        return t('account.orange');
      case 'red':
        return t('account.red');
      case 'pink':
        return t('account.pink');
      case 'purple':
        return t('account.purple');
    }
  }
}
