import { useTexts } from '../../context/app-context.ts';
import { CopyIcon } from '../../parts/copy-icon.tsx';

/** Copies the twelve digits without a gap. */
export function CopyAccountId({ accountId }: { readonly accountId: string }) {
  const { t } = useTexts();
  return <CopyIcon text={accountId} label={t('account.copyId')} copiedLabel={t('account.idCopied')} />;
}
