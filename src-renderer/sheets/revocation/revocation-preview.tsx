import { TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
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
  return (
    <>
      <p>{principal.kind === 'user' ? t('revocation.deniesUser') : t('revocation.deniesRole')}</p>
      {ends.length > 0 && <p>{t('revocation.ends', { profiles: ends.join(', ') })}</p>}
      <p>{principal.kind === 'user' ? t('revocation.keysUser') : t('revocation.keysRole')}</p>
      <Outlive preview={preview} />
      <p>{t('revocation.needed', { time: moment(Date.parse(preview.neededUntil), today) })}</p>
    </>
  );
}

/** The sessions that the policy does not reach. */
export function Outlive({ preview: { outlive } }: PreviewProps) {
  const { t } = useTexts();
  if (outlive.length === 0) return null;
  return (
    <p className={sheet.warning}>
      <TriangleAlert size={16} aria-hidden />
      <span>{t('revocation.outlive', { profiles: outlive.join(', ') })}</span>
    </p>
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
