import { Dialog } from '@base-ui/react/dialog';
import { useId } from 'react';
import { accountColors, accountNamePattern } from '../../src-main/contract/limits.ts';
import type { AccountColor, KnownAccount, Settings } from '../../src-main/contract/settings.ts';
import type { Account } from '../../src-main/contract/ui-state.ts';
import { unmarked } from '../../src-main/core/sessions/accounts.ts';
import { useApp } from '../context/app-context.ts';
import { AccountId } from '../parts/account-id.tsx';
import { AccountDot } from '../parts/account-mark.tsx';
import { Button } from '../parts/button.tsx';
import dialog from '../parts/dialog.module.css';
import { TextField } from '../controls/text-field.tsx';
import { SwitchField } from '../controls/switch-field.tsx';
import { ProductionBand } from './production-band.tsx';
import styles from './account-dialog.module.css';

type AccountDialogProps = {
  /** Null while the dialog is closed. */
  readonly account: Account | null;
  /** What the user chose for each account. */
  readonly known: Settings['accounts'];
  readonly close: () => void;
};

/** How an account is marked, wherever it is shown. Each choice takes effect at once. */
export function AccountDialog({ account, known, close }: AccountDialogProps) {
  return (
    <Dialog.Root open={account !== null} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={dialog.dialog}>{account !== null && <Marks account={account} chosen={known[account.accountId] ?? unmarked} />}</Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Marks({ account, chosen }: { readonly account: Account; readonly chosen: KnownAccount }) {
  const { api, texts } = useApp();
  const { t } = texts;
  const legendId = useId();
  const { accountId, name, production } = account;

  return (
    <>
      {production && (
        <div className={styles.band}>
          <ProductionBand account={account} />
        </div>
      )}
      <Dialog.Title className={dialog.title}>{t('account.mark')}</Dialog.Title>
      {!production && (
        <Dialog.Description className={styles.account}>
          <AccountDot account={account} /> <AccountId accountId={accountId} size="small" /> {name !== null && <span>{name}</span>}
        </Dialog.Description>
      )}
      <TextField
        label={t('account.name')}
        value={chosen.name ?? ''}
        placeholder={chosen.alias ?? ''}
        complaint={(text) => (text === '' || accountNamePattern.test(text) ? null : t('account.nameWrong'))}
        change={(text) => void api.setAccount({ accountId, name: text === '' ? null : text })}
      />
      <div className={styles.production}>
        <SwitchField label={t('account.isProduction')} value={production} change={(next) => void api.setAccount({ accountId, production: next })} />
        <p className={dialog.hint}>{t('account.productionHint')}</p>
      </div>
      <fieldset aria-labelledby={legendId} className={styles.colors}>
        <legend id={legendId}>{t('account.color')}</legend>
        <label className={styles.color}>
          <input type="radio" name="color" checked={chosen.color === null} onChange={() => void api.setAccount({ accountId, color: null })} />
          {t('account.automatic')}
        </label>
        {accountColors.map((color) => (
          <label key={color} className={styles.color}>
            <input type="radio" name="color" checked={chosen.color === color} onChange={() => void api.setAccount({ accountId, color })} />
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
      case 'brown':
        return t('account.brown');
      case 'gray':
        return t('account.gray');
      case 'red':
        return t('account.red');
      case 'pink':
        return t('account.pink');
      case 'purple':
        return t('account.purple');
    }
  }
}
