import { Search, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTexts } from '../app-context.ts';
import { IconButton } from '../parts/button.tsx';
import styles from './history.module.css';

type HistoryFilterFieldProps = { readonly typed: string; readonly change: (typed: string) => void };

/** Has the focus as soon as there is something to filter, so that typing finds at once. */
export function HistoryFilterField({ typed, change }: HistoryFilterFieldProps) {
  const { t } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const clear = () => {
    change('');
    input.current?.focus();
  };
  return (
    <div className={styles.filter}>
      <Search size={16} aria-hidden />
      <input
        ref={input}
        type="search"
        className={styles.field}
        value={typed}
        placeholder={t('history.filter')}
        aria-label={t('history.filter')}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change(event.target.value)}
      />
      {typed !== '' && (
        <IconButton label={t('list.clear')} onClick={clear}>
          <X size={16} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
