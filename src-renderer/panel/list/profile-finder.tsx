import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTexts } from '../../context/app-context.ts';
import { SearchField } from '../../parts/search-field.tsx';
import styles from './profile-finder.module.css';

type ProfileFinderProps = {
  readonly typed: string;
  readonly change: (typed: string) => void;
  /** How many profiles are found; null when nothing is typed. */
  readonly found: number | null;
  /** What Enter does, and with which profile; null when nothing is typed, and where there is nothing to do. */
  readonly best: { readonly action: string; readonly profile: string } | null;
  /** Does that. */
  readonly enter: () => void;
  /** The arrow down: goes to the first profile. */
  readonly leave: () => void;
};

/** Finds while the user types. What is typed in the panel goes here, unless another field has the focus. */
export function ProfileFinder({ typed, change, found, best, enter, leave }: ProfileFinderProps) {
  const { t, number } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  useTypingAnywhere(input);

  return (
    <div className={styles.finder}>
      <SearchField label={t('list.find')} typed={typed} change={change} input={input} aria-keyshortcuts="Control+F Meta+F" onKeyDown={onKeyDown}>
        <p role="status" className={styles.found}>
          {found !== null && (
            <>
              <span>{t('list.found', { number: number(found) })}</span>{' '}
              {best !== null && <span>{t('list.enter', { action: best.action, profile: best.profile })}</span>}
            </>
          )}
        </p>
      </SearchField>
    </div>
  );

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    // While an input method composes, its keys belong to it.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && typed !== '') {
      // Otherwise a notice would take the key too.
      event.preventDefault();
      change('');
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      if (event.key === 'Enter') enter();
      else leave();
    }
  }
}

/** The elements that take letters for themselves. */
const otherFields = 'input, textarea, select, [role=menu] *, [role=menu]';

function useTypingAnywhere(input: { readonly current: HTMLInputElement | null }) {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.target instanceof Element && event.target.matches(otherFields)) return;
      // A dialog keeps its keys, even when nothing in it has the focus.
      if (document.querySelector('[role=dialog]') !== null) return;
      const finds = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f';
      // A space belongs to the button that has the focus.
      const types = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!finds && !types) return;
      if (finds) event.preventDefault();
      input.current?.focus();
      if (finds) input.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [input]);
}
