import type { QuitQuestion } from '../../src-main/contract/question.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import { useTexts } from '../context/app-context.ts';
import { QuestionWindow } from './question-window.tsx';
import styles from './question-window.module.css';

/** How many names of a kind are written out. */
const namesMax = 6;

/** Asks whether the app may end, and says what that takes from the user. */
export function QuitQuestionView({ question }: { readonly question: QuitQuestion }) {
  const { t } = useTexts();
  const { sessions, signIns, waiting, runs } = question;
  const losses = [
    sessions.length > 0 && t('question.quit.sessions', { names: listed(sessions) }),
    signIns.length > 0 && t('question.quit.signIns', { names: listed(signIns) }),
    waiting.length > 0 && t('question.quit.waiting', { names: listed(waiting) }),
    runs.length > 0 && t('question.quit.runs', { names: listed(runs) }),
  ].filter((loss) => loss !== false);
  return (
    <QuestionWindow
      question={question}
      heading={<h1 className={styles.title}>{t('question.quit.title')}</h1>}
      accounts={[]}
      known={{}}
      refusal={{ label: t('question.quit.keep'), hasFocus: true, unanswered: (duration) => t('question.quit.unanswered', { duration }) }}
      choices={[{ permission: 'quit', label: t('question.quit.verb') }]}
      isFinal
    >
      <ul className={`${styles.asking} ${styles.losses}`}>
        {losses.map((loss) => (
          <li key={loss}>{loss}</li>
        ))}
      </ul>
    </QuestionWindow>
  );

  function listed(names: readonly string[]): string {
    const shown = [...new Set(names)].slice(0, namesMax).map((name) => shortened(name, nameMax));
    return `${shown.join(', ')}${new Set(names).size > namesMax ? ', …' : ''}`;
  }
}
