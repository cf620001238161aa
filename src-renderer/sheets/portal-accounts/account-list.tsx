import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { PortalAccount } from '../../../src-main/contract/sign-in.ts';
import type { Settings } from '../../../src-main/contract/settings.ts';
import { useTexts } from '../../context/app-context.ts';
import { SearchField } from '../../parts/search-field.tsx';
import sheet from '../parts/sheet.module.css';
import { PortalAccountItem } from './portal-account-item.tsx';
import styles from './portal-accounts.module.css';
import { findAccounts, isChosen, toggled, type ChosenRole } from './portal-search.ts';

type AccountListProps = {
  readonly accounts: readonly PortalAccount[];
  readonly prefix: string;
  readonly known: Pick<Settings, 'accounts' | 'accountColors'>;
  readonly chosen: readonly ChosenRole[];
  readonly choose: (chosen: readonly ChosenRole[]) => void;
};

/** The heights that are assumed, in pixels, before an account has been measured: its own lines, and each role. */
const accountHeight = 58;
const roleHeight = 36;

/** Thousands of accounts; only those in view are rendered. */
export function AccountList({ accounts, prefix, known, chosen, choose }: AccountListProps) {
  const { t, number } = useTexts();
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = useDeferredValue(typed);
  const found = useMemo(() => findAccounts(accounts, wanted), [accounts, wanted]);
  // oxlint-disable-next-line react/incompatible-library -- what it returns changes in place, and nothing here is memoised by it
  const virtual = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => found[index]?.accountId ?? index,
    estimateSize: (index) => accountHeight + (found[index]?.roles.length ?? 1) * roleHeight,
    overscan: 3,
    // For the first paint, before the sheet's size is known.
    initialRect: { width: 400, height: 600 },
  });
  return (
    <>
      <div className={styles.search}>
        <SearchField label={t('portal.find')} typed={typed} change={setTyped} input={input} />
        <p role="status" className={sheet.hint}>
          {found.length === 0 && typed !== '' ? t('portal.nothing', { typed }) : t('portal.count', { number: number(found.length) })}
        </p>
      </div>
      <div ref={scroller} className={styles.scroller}>
        <div className={styles.accounts} style={{ blockSize: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const account = found[index];
            if (account === undefined) return null;
            return (
              <div key={key} ref={virtual.measureElement} data-index={index} className={styles.item} style={{ transform: `translateY(${start}px)` }}>
                <PortalAccountItem
                  account={account}
                  prefix={prefix}
                  known={known}
                  isChosen={(roleName) => isChosen(chosen, { accountId: account.accountId, roleName })}
                  toggle={(roleName) => choose(toggled(chosen, { accountId: account.accountId, roleName }))}
                />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}
