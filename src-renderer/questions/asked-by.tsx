import type { Asker } from '../../src-main/contract/question.ts';
import { useTexts } from '../context/app-context.ts';
import { Unverified } from '../parts/unverified.tsx';
import { shownFolder } from './shown-folder.ts';
import styles from './question-window.module.css';

/** The program that asks, where it runs, and whether the kernel confirms it. */
export function AskedBy({ asker, home }: { readonly asker: Asker | null; readonly home: string }) {
  const { t } = useTexts();
  return (
    <section className={styles.asker}>
      <h2 className={styles.heading}>{t('question.askedBy')}</h2>
      {asker === null ? (
        <p>{t('question.nameless')}</p>
      ) : (
        <p className={styles.facts} title={asker.folder ?? undefined}>
          <strong>{asker.command}</strong> <span className={styles.where}>{t('mfa.pid', { pid: asker.pid })}</span>{' '}
          {asker.folder !== null && <span className={styles.where}>{shownFolder(asker.folder, home)}</span>} <Unverified program={asker} />
        </p>
      )}
    </section>
  );
}
