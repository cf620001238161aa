import { SquareTerminal } from 'lucide-react';
import { useId } from 'react';
import type { WaitingProgram } from '../../src-main/contract/ui-state.ts';
import { nameMax, pathMax, shortened } from '../../src-main/core/printable.ts';
import { useTexts } from '../context/app-context.ts';
import { useCountdown } from '../context/use-clock.ts';
import { fromHome } from '../../src-main/core/folder-name.ts';
import { Unverified } from '../parts/unverified.tsx';
import { waitCountdown } from '../time/countdown.ts';
import { folderEnd, shownPrograms } from './waiting.ts';
import styles from './waiting-programs.module.css';

type WaitingProgramsProps = {
  readonly programs: readonly WaitingProgram[];
  /** The prompt's own profile, which needs no mention. */
  readonly profile: string;
  /** What it says that they wait for. */
  readonly heading: string;
  /** When the first of them gives up; null where that stands elsewhere. */
  readonly answerBy: number | null;
  readonly home: string;
};

/** Who asks for the code, so that the user can judge whether it is a program of theirs. */
export function WaitingPrograms({ programs, profile, heading, answerBy, home }: WaitingProgramsProps) {
  const { t, number } = useTexts();
  const headingId = useId();
  const { shown, more } = shownPrograms(programs);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby={headingId} className={styles.waiting}>
      <div className={styles.head}>
        <h2 id={headingId}>{heading}</h2>
        {answerBy !== null && <TimeLeft until={answerBy} />}
      </div>
      <ul>
        {shown.map((program) => (
          <li key={`${program.pid} ${program.peer?.pid} ${program.profile}`} title={details(program)} className={styles.program}>
            <SquareTerminal size={16} aria-hidden />
            <p className={styles.facts}>
              <strong>{program.command}</strong>{' '}
              {program.folder !== null && <span className={styles.where}>{shortened(folderEnd(fromHome(program.folder, home)), pathMax)}</span>}{' '}
              {program.profile !== profile && <span className={styles.where}>{t('mfa.forProfile', { profile: shortened(program.profile, nameMax) })}</span>}{' '}
              <Unverified program={program} />
            </p>
          </li>
        ))}
        {more > 0 && <li className={styles.where}>{t('mfa.moreWaiting', { number: number(more) })}</li>}
      </ul>
    </section>
  );

  function details({ pid, folder }: WaitingProgram): string {
    return [t('mfa.pid', { pid }), folder].filter((each) => each !== null).join(' · ');
  }
}

function TimeLeft({ until }: { readonly until: number }) {
  const { t, duration } = useTexts();
  const seconds = useCountdown(waitCountdown, until);
  return seconds === 0 ? null : <span aria-live="off">{t('mfa.timeLeft', { duration: duration(seconds) })}</span>;
}
