import { useId } from 'react';
import type { PortalAccount } from '../../../src-main/contract/sign-in.ts';
import type { Settings } from '../../../src-main/contract/settings.ts';
import { nameMax, shortened } from '../../../src-main/core/printable.ts';
import { accountFor } from '../../../src-main/core/sessions/accounts.ts';
import { useApp } from '../../context/app-context.ts';
import { AccountId } from '../../parts/account-id.tsx';
import { AccountDot, ProductionLabel } from '../../parts/account-mark.tsx';
import { Button } from '../../parts/button.tsx';
import { Breakable, camelCase } from '../parts/breakable.tsx';
import sheet from '../parts/sheet.module.css';
import styles from './portal-accounts.module.css';

type PortalAccountItemProps = {
  readonly account: PortalAccount;
  /** In front of the names of its roles, where there are several portals: `corp/`. */
  readonly prefix: string;
  readonly known: Pick<Settings, 'accounts' | 'accountColors'>;
  readonly isChosen: (roleName: string) => boolean;
  readonly toggle: (roleName: string) => void;
};

/** An account as it is marked here, with the permission sets that the portal gives in it. */
export function PortalAccountItem({ account: { accountId, name, email, roles }, prefix, known, isChosen, toggle }: PortalAccountItemProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const marked = accountFor(accountId, known);
  const titleId = useId();
  const shown = shortened(name, nameMax);
  // Two accounts may have one name.
  const called = `${shown} (${accountId})`;
  return (
    <article aria-labelledby={titleId} className={styles.account}>
      <h3 id={titleId} className={styles.name} title={name}>
        <AccountDot account={marked} /> <span>{shown}</span> {marked.production && <ProductionLabel />}
      </h3>
      <p className={sheet.hint}>
        <AccountId accountId={accountId} size="small" /> <span title={email}>{shortened(email, nameMax)}</span>
      </p>
      {roles.length === 0 && <p className={sheet.hint}>{t('portal.noRoles')}</p>}
      {roles.map((role) => (
        <div key={role} className={styles.role}>
          <label className={styles.choice}>
            <input type="checkbox" aria-label={t('portal.roleOf', { role, account: called })} checked={isChosen(role)} onChange={() => toggle(role)} />
            <span>
              <Breakable text={role} at={camelCase} />
            </span>
          </label>
          <Button
            tone="quiet"
            aria-label={t('portal.startOf', { role, account: called })}
            onClick={() => void api.requestSession({ profile: `${prefix}${accountId}/${role}` })}
          >
            {t('portal.start')}
          </Button>
        </div>
      ))}
    </article>
  );
}
