import { CircleHelp } from 'lucide-react';
import type { UiState } from '../../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../../src-main/core/printable.ts';
import { likelyProduction } from '../../../src-main/core/sessions/likely-production.ts';
import { useApp } from '../../context/app-context.ts';
import { AccountId } from '../../parts/account-id.tsx';
import { Button } from '../../parts/button.tsx';
import styles from './action-note.module.css';

/** Asks once about an account whose name says that it is production: asked, not guessed. Either answer is kept. */
export function ProductionNote({ state }: { readonly state: UiState }) {
  const { api, texts } = useApp();
  const likely = likelyProduction(state);
  if (likely === null) return null;
  const { accountId } = likely.account;
  const answer = (production: boolean): void => void api.setAccount({ accountId, production });
  return (
    <div className={styles.note}>
      <CircleHelp size={16} aria-hidden />
      <p>
        {texts.t('account.askProduction', { name: shortened(likely.name, nameMax) })} <AccountId accountId={accountId} size="small" />
      </p>
      <div className={styles.buttons}>
        <Button tone="quiet" onClick={() => answer(true)}>
          {texts.t('account.yes')}
        </Button>
        <Button tone="quiet" onClick={() => answer(false)}>
          {texts.t('account.no')}
        </Button>
      </div>
    </div>
  );
}
