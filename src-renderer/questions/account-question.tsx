import { useState } from 'react';
import type { AccountQuestion } from '../../src-main/contract/question.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import type { Account } from '../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import { MarkAccountButton } from '../accounts/mark-account-button.tsx';
import { useTexts } from '../context/app-context.ts';
import { arnName } from '../texts/arn-name.ts';
import { QuestionWindow } from './question-window.tsx';
import { shownFolder } from './shown-folder.ts';
import styles from './question-window.module.css';

type AccountQuestionProps = {
  readonly question: AccountQuestion;
  readonly account: Account;
  /** What the user chose for each account. */
  readonly known: Settings['accounts'];
  readonly home: string;
};

/** Asks whether a run may go into an account that nobody has said it is meant for. */
export function AccountQuestionView({ question, account, known, home }: AccountQuestionProps) {
  const { t } = useTexts();
  const [marking, setMarking] = useState(false);
  const thisFolder = question.canBind ? [{ permission: 'this-folder', label: t('question.thisFolder') } as const] : [];
  return (
    <QuestionWindow
      question={question}
      heading={<h1 className={styles.heading}>{t('question.heading')}</h1>}
      accounts={[account]}
      known={known}
      // Only more care may be asked for here: a mark is taken back in the panel.
      beside={!account.production && <MarkAccountButton account={account} known={known} onOpen={setMarking} />}
      refusal={{ label: t('question.refuse'), hasFocus: false }}
      choices={[...thisFolder, { permission: 'this-run', label: t('question.thisRun') }]}
      isCovered={marking}
    >
      <Asking question={question} home={home} />
    </QuestionWindow>
  );
}

/** What asks, for which role, and where it runs. */
function Asking({ question: { program, role, folder, ...question }, home }: Pick<AccountQuestionProps, 'question' | 'home'>) {
  const { t } = useTexts();
  const profile = shortened(question.profile, nameMax);
  const who = program ?? t('question.aProgram');
  return (
    <section className={styles.asking}>
      <p>
        {role === null ? t('question.asksSession', { program: who, profile }) : t('question.asks', { program: who, role: shortened(arnName(role), nameMax) })}
      </p>
      {folder !== null && (
        <p className={styles.quiet} title={folder}>
          {t('question.folder', { folder: shownFolder(folder, home) })}
        </p>
      )}
      {role !== null && <p className={styles.quiet}>{t('question.session', { profile })}</p>}
    </section>
  );
}
