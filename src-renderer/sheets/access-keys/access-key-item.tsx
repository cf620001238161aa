import type { AccessKeyInfo } from '../../../src-main/contract/sheet.ts';
import { useTexts } from '../../context/app-context.ts';
import { AccessKeyId } from '../../parts/access-key-id.tsx';
import { useDaysSince } from '../../context/use-clock.ts';
import styles from './access-keys.module.css';
import sheet from '../parts/sheet.module.css';

type AccessKeyItemProps = { readonly info: AccessKeyInfo; readonly warnDays: number };

/** One key: whether it works, how old it is, what used it last, and whether the profile has it. */
export function AccessKeyItem({ info, warnDays }: AccessKeyItemProps) {
  const { t, date, number } = useTexts();
  const { accessKeyId, active, createdAt, lastUsed, current } = info;
  const created = Date.parse(createdAt);
  const days = useDaysSince(created);
  const old = warnDays > 0 && days >= warnDays;
  return (
    <li className={styles.key}>
      <div className={styles.heading}>
        <AccessKeyId accessKeyId={accessKeyId} />
        <span className={active ? undefined : styles.inactive}>{active ? t('accessKeys.active') : t('accessKeys.inactive')}</span>
      </div>
      {(current || old) && (
        <p className={styles.badges}>
          {current && <span className={styles.badge}>{t('accessKeys.current')}</span>}{' '}
          {old && <span className={`${styles.badge} ${styles.old}`}>{t('accessKeys.old', { days: number(warnDays) })}</span>}
        </p>
      )}
      <dl className={sheet.facts}>
        <dt>{t('accessKeys.age')}</dt>
        <dd>{t('accessKeys.days', { days: number(days), date: date(created) })}</dd>
        <dt>{t('accessKeys.lastUsed')}</dt>
        <dd>
          {lastUsed === null
            ? t('accessKeys.neverUsed')
            : t('accessKeys.used', { date: date(Date.parse(lastUsed.at)), service: lastUsed.service, region: lastUsed.region })}
        </dd>
      </dl>
    </li>
  );
}
