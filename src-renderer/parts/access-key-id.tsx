import { useTexts } from '../context/app-context.ts';
import styles from './access-key-id.module.css';
import { CopyIcon } from './copy-icon.tsx';

/** The ID of an access key, of a session or a user, to copy. */
export function AccessKeyId({ accessKeyId }: { readonly accessKeyId: string }) {
  const { t } = useTexts();
  return (
    <span className={styles.key}>
      <code>{accessKeyId}</code>
      <CopyIcon text={accessKeyId} label={t('sheet.copyKeyId', { key: accessKeyId })} copiedLabel={t('sheet.keyIdCopied')} />
    </span>
  );
}
