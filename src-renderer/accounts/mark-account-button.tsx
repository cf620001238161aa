import { Tag } from 'lucide-react';
import { useState } from 'react';
import type { Settings } from '../../src-main/contract/settings.ts';
import type { Account } from '../../src-main/contract/ui-state.ts';
import { useTexts } from '../context/app-context.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { AccountDialog } from './account-dialog.tsx';
import styles from './mark-account-button.module.css';

type MarkAccountButtonProps = {
  readonly account: Account;
  /** What the user chose for each account. */
  readonly known: Settings['accounts'];
  /** What the button says in place of its icon, and what it is called in full. */
  readonly words?: { readonly shown: string; readonly full: string };
  /** Called when the dialog opens and closes. */
  readonly onOpen?: (open: boolean) => void;
};

/** Names, colours and marks an account where it is shown. */
export function MarkAccountButton({ account, known, words, onOpen }: MarkAccountButtonProps) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const show = (next: boolean): void => {
    setOpen(next);
    onOpen?.(next);
  };
  return (
    <>
      {words === undefined ? (
        <span className={styles.button}>
          <IconButton label={t('account.markOf', { account: account.name ?? account.accountId })} onClick={() => show(true)}>
            <Tag size={14} aria-hidden />
          </IconButton>
        </span>
      ) : (
        <Button aria-label={words.full} onClick={() => show(true)}>
          {words.shown}
        </Button>
      )}
      <AccountDialog account={open ? account : null} known={known} close={() => show(false)} />
    </>
  );
}
