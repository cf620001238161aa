import styles from './account-id.module.css';

type AccountIdProps = { readonly accountId: string; readonly size: 'large' | 'small' };

/** Only looks grouped: when copied, searched or read out it is twelve digits without a gap. */
export function AccountId({ accountId, size }: AccountIdProps) {
  const groups = accountId.match(/.{1,4}/g) ?? [];
  return (
    <span className={`${styles.accountId} ${styles[size]}`}>
      {groups.map((group, index) => (
        <span key={index}>{group}</span>
      ))}
    </span>
  );
}
