import { useId } from 'react';
import type { WaitingProgram } from '../../src-main/contract/ui-state.ts';
import { nameMax, pathMax, shortened } from '../../src-main/core/printable.ts';
import { useTexts } from '../context/app-context.ts';
import { Unverified } from '../parts/unverified.tsx';
import { folderEnd, shownPrograms } from './waiting.ts';
import styles from './waiting-programs.module.css';

type WaitingProgramsProps = {
  readonly programs: readonly WaitingProgram[];
  /** The prompt's own profile, which needs no mention. */
  readonly profile: string;
};

/** Who asks for the code, so that the user can judge whether it is a program of theirs. */
export function WaitingPrograms({ programs, profile }: WaitingProgramsProps) {
  const { t, number } = useTexts();
  const headingId = useId();
  const { shown, more } = shownPrograms(programs);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby={headingId} className={styles.waiting}>
      <h2 id={headingId} className={styles.heading}>
        {t('mfa.waiting')}
      </h2>
      <ul>
        {shown.map((program) => (
          <li key={`${program.pid} ${program.peer?.pid} ${program.profile}`} className={styles.program}>
            <strong>{program.command}</strong>{' '}
            <span className={styles.where}>
              <span>{t('mfa.pid', { pid: program.pid })}</span>{' '}
              {program.folder !== null && <span title={program.folder}>{shortened(folderEnd(program.folder), pathMax)}</span>}{' '}
              {program.profile !== profile && <span>{t('mfa.forProfile', { profile: shortened(program.profile, nameMax) })}</span>}
            </span>{' '}
            <Unverified program={program} />
          </li>
        ))}
        {more > 0 && <li className={styles.where}>{t('mfa.moreWaiting', { number: number(more) })}</li>}
      </ul>
    </section>
  );
}
