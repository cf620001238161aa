import type { Deployed } from '../../src-main/contract/settings.ts';
import { useApp } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';
import { useToday } from '../context/use-clock.ts';
import styles from './project-card.module.css';

/** What an apply left behind, as far as the app knows. */
export function Deployment({ folder, deployed }: { readonly folder: string; readonly deployed: Deployed }) {
  const { api, texts } = useApp();
  const { t, moment } = texts;
  const today = useToday();
  return (
    <div className={styles.bound}>
      <p className={styles.grows}>{sentence()}</p>
      <Button tone="quiet" onClick={() => void api.forgetDeployment({ folder })}>
        {t('reminder.gone')}
      </Button>
    </div>
  );

  function sentence(): string {
    const { at, accountIds, destroyRanAt } = deployed;
    if (destroyRanAt !== null) return t('reminder.destroyRan', { time: moment(destroyRanAt, today) });
    const time = moment(at, today);
    return accountIds.length === 0 ? t('reminder.appliedSomewhere', { time }) : t('reminder.applied', { time, accounts: accountIds.join(', ') });
  }
}
