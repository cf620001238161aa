import { Search, X } from 'lucide-react';
import type { ComponentProps, ReactNode, RefObject } from 'react';
import { useTexts } from '../context/app-context.ts';
import { IconButton } from './button.tsx';
import styles from './search-field.module.css';

type SearchFieldProps = Pick<ComponentProps<'input'>, 'onKeyDown' | 'aria-keyshortcuts'> & {
  readonly label: string;
  readonly typed: string;
  readonly change: (typed: string) => void;
  readonly input: RefObject<HTMLInputElement | null>;
  /** What there is to say about the hits, below the field. */
  readonly children?: ReactNode;
};

/** Finds while the user types. The button that clears the field gives it the focus back. */
export function SearchField({ label, typed, change, input, children, ...rest }: SearchFieldProps) {
  const { t } = useTexts();
  const clear = () => {
    change('');
    input.current?.focus();
  };
  return (
    <div className={styles.search}>
      <Search size={16} aria-hidden />
      <input
        {...rest}
        ref={input}
        type="search"
        className={styles.field}
        value={typed}
        placeholder={label}
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change(event.target.value)}
      />
      {typed !== '' && (
        <IconButton label={t('list.clear')} onClick={clear}>
          <X size={16} aria-hidden />
        </IconButton>
      )}
      {children}
    </div>
  );
}
