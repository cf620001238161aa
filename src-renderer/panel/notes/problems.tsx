import { TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import type { AppError } from '../../../src-main/contract/app-error.ts';
import type { UiState } from '../../../src-main/contract/ui-state.ts';
import { useTexts } from '../../context/app-context.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { OpenFileButton } from '../../parts/open-file-button.tsx';
import styles from './problems.module.css';

type ProblemsProps = { readonly problems: readonly AppError[]; readonly files: UiState['files'] };

/** What is wrong in the AWS files and the settings. What could be read of them is shown all the same. */
export function Problems({ problems, files }: ProblemsProps) {
  const { t } = useTexts();
  if (problems.length === 0) return null;
  return (
    <section aria-label={t('panel.problems')}>
      <ul className={styles.list}>
        {problems.map((problem, index) => (
          <Problem key={index} problem={problem} files={files} />
        ))}
      </ul>
    </section>
  );
}

function Problem({ problem, files }: { readonly problem: AppError; readonly files: UiState['files'] }) {
  const textId = useId();
  return (
    <li className={styles.problem}>
      <TriangleAlert size={16} aria-hidden className={styles.mark} />
      <div className={styles.body}>
        <div id={textId}>
          <ErrorText error={problem} />
        </div>
        <OpenFileButton problem={problem} files={files} describedBy={textId} />
      </div>
    </li>
  );
}
