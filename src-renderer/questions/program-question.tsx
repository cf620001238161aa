import type { ProgramQuestion } from '../../src-main/contract/question.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import type { Account } from '../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import { useTexts } from '../context/app-context.ts';
import { AskedBy } from './asked-by.tsx';
import { QuestionWindow } from './question-window.tsx';
import styles from './question-window.module.css';

type ProgramQuestionProps = {
  readonly question: ProgramQuestion;
  readonly account: Account;
  /** What the user chose for each account. */
  readonly known: Settings['accounts'];
  readonly home: string;
};

/** Asks whether a program may have a session, where the user wants to be asked for each. */
export function ProgramQuestionView({ question, account, known, home }: ProgramQuestionProps) {
  const { t } = useTexts();
  return (
    <QuestionWindow
      question={question}
      heading={<h1 className={styles.title}>{t('question.program.title')}</h1>}
      accounts={[account]}
      known={known}
      refusal={{ label: t('question.refuse'), hasFocus: true }}
      choices={[{ permission: 'allow', label: t('question.program.verb') }]}
    >
      <section className={styles.asking}>
        <p>{t('question.program.what')}</p>
        <p className={styles.quiet}>{t('question.profile', { profile: shortened(question.profile, nameMax) })}</p>
      </section>
      <AskedBy asker={question.asker} home={home} />
    </QuestionWindow>
  );
}
