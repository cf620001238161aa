import { TriangleAlert } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import type { RevocationPreview } from '../../../src-main/contract/sheet.ts';
import type { Account } from '../../../src-main/contract/ui-state.ts';
import { useTexts } from '../../context/app-context.ts';
import { AccountId } from '../../parts/account-id.tsx';
import { AccountDot, ProductionLabel } from '../../parts/account-mark.tsx';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { useToday } from '../../context/use-clock.ts';
import styles from './revocation.module.css';
import sheet from '../parts/sheet.module.css';

type PreviewProps = { readonly preview: RevocationPreview };

/** The user or role whose sessions are denied, and its account. */
export function Principal({ preview: { principal }, account }: PreviewProps & { readonly account: Account | null }) {
  const { t } = useTexts();
  const { name } = principal;
  return (
    <p className={styles.principal}>
      <strong>{principal.kind === 'user' ? t('revocation.user', { name }) : t('revocation.role', { name })}</strong>{' '}
      {account !== null && <AccountDot account={account} />} <AccountId accountId={principal.accountId} size="small" />{' '}
      {account !== null && account.name !== null && <span>{account.name}</span>} {account?.production === true && <ProductionLabel />}
    </p>
  );
}

/** What the policy denies, what it does not, and how long it has to stay. */
export function Consequences({ preview }: PreviewProps) {
  const { t, moment } = useTexts();
  const today = useToday();
  const { ends, principal } = preview;
  const { name } = principal;
  return (
    <>
      <p>{principal.kind === 'user' ? t('revocation.deniesUser', { name }) : t('revocation.deniesRole', { name })}</p>
      {ends.length > 0 && <p>{t('revocation.ends', { profiles: ends.join(', ') })}</p>}
      <NotCovered preview={preview}>
        <li>{principal.kind === 'user' ? t('revocation.keysUser') : t('revocation.keysRole')}</li>
      </NotCovered>
      <p>{t('revocation.needed', { time: moment(Date.parse(preview.neededUntil), today) })}</p>
    </>
  );
}

/** What the policy does not reach: of sessions those that were assumed from it, by whatever program. */
export function NotCovered({ preview: { outlive }, children }: PreviewProps & { readonly children?: ReactNode }) {
  const { t } = useTexts();
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className={styles.notCovered}>
      <h3 id={headingId} className={styles.exception}>
        <TriangleAlert size={16} aria-hidden /> {t('revocation.notCovered')}
      </h3>
      <ul>
        {children}
        {outlive.length > 0 && <li>{t('revocation.outlive', { profiles: outlive.join(', ') })}</li>}
        <li>{t('revocation.assumed')}</li>
      </ul>
    </section>
  );
}

/** The policy exactly as it is written, to read and to copy; `children` go beside the copy button. */
export function Policy({ preview, children }: PreviewProps & { readonly children?: ReactNode }) {
  const { t } = useTexts();
  const [copied, setCopied] = useState(false);
  return (
    <section className={styles.policy}>
      <h3>{t('revocation.policy', { policy: preview.policyName })}</h3>
      <pre className={sheet.document}>{preview.document}</pre>
      <div className={sheet.actions}>
        <Button tone="quiet" onClick={() => setCopied(copyText(preview.document))} onBlur={() => setCopied(false)}>
          {copied ? t('revocation.copied') : t('revocation.copy')}
        </Button>
        {children}
      </div>
    </section>
  );
}
