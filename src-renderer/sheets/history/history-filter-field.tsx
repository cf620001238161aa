import { useEffect, useRef } from 'react';
import { useTexts } from '../../context/app-context.ts';
import { SearchField } from '../../parts/search-field.tsx';

type HistoryFilterFieldProps = { readonly typed: string; readonly change: (typed: string) => void };

/** Gets the focus as soon as there is something to filter, so that the user can type at once. */
export function HistoryFilterField({ typed, change }: HistoryFilterFieldProps) {
  const { t } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return <SearchField label={t('history.filter')} typed={typed} change={change} input={input} />;
}
