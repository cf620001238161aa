import { useId, useState } from 'react';
import { proxyComplaint } from '../../src-main/contract/limits.ts';
import { useTexts } from '../context/app-context.ts';
import styles from '../controls/controls.module.css';

type ProxyFieldProps = { readonly value: string; readonly change: (value: string) => void };

/** Takes effect on Enter, or when the user leaves the field: half an address leads nowhere. */
export function ProxyField({ value, change }: ProxyFieldProps) {
  const { t } = useTexts();
  const inputId = useId();
  const messageId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState<ReturnType<typeof proxyComplaint>>(null);

  return (
    <div className={styles.row}>
      <label htmlFor={inputId} className={styles.label}>
        {t('settings.proxy')}
      </label>
      <input
        id={inputId}
        className={styles.wide}
        value={typed ?? value}
        placeholder={t('settings.proxyEnvironment')}
        onChange={(event) => {
          setTyped(event.target.value);
          setRefused(null);
        }}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
        }}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={refused !== null}
        aria-describedby={messageId}
      />
      <p id={messageId} role="alert" className={styles.refusal}>
        {refused === 'address' && t('settings.proxyAddress')}
        {refused === 'password' && t('settings.proxyPassword')}
      </p>
    </div>
  );

  function leave() {
    if (typed === null) return;
    const address = typed.trim();
    const complaint = proxyComplaint(address);
    setRefused(complaint);
    if (complaint !== null) return;
    setTyped(null);
    change(address);
  }
}
