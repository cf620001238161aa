import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../context/app-context.ts';
import styles from './key-file.module.css';

/** Larger than any file of one access key, in bytes. */
const largest = 65_536;

/** Where the console's CSV file is dropped, or chosen. `take` gets its text; an empty one of what cannot be such a file. */
export function KeyFile({ take }: { readonly take: (text: string) => void }) {
  const { t } = useTexts();
  const [isOver, setIsOver] = useState(false);
  const read = (files: FileList | null): void => {
    const file = files?.[0];
    if (file === undefined) return;
    if (file.size > largest) take('');
    else void file.text().then(take, () => take(''));
  };
  return (
    <label className={styles.area} data-over={isOver || undefined}>
      <FileDown size={20} aria-hidden />
      <span>
        <strong>{t('firstRun.pasteFile')}</strong> <span className={styles.choose}>{t('firstRun.chooseFile')}</span>
      </span>
      <input
        type="file"
        accept=".csv,text/csv"
        className={styles.input}
        // It covers all of the area, so what is dropped there is chosen.
        onDragEnter={() => setIsOver(true)}
        onDragLeave={() => setIsOver(false)}
        onChange={({ currentTarget }) => {
          setIsOver(false);
          read(currentTarget.files);
          // The same file can be chosen again.
          currentTarget.value = '';
        }}
      />
    </label>
  );
}
