import type { CommandQuestion } from '../../src-main/contract/question.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import { useTexts } from '../context/app-context.ts';
import { QuestionWindow } from './question-window.tsx';
import { shownFolder } from './shown-folder.ts';
import styles from './question-window.module.css';

type CommandQuestionProps = { readonly question: CommandQuestion; readonly home: string };

/** Asks whether a command that an AWS file names may be run at all. The line is never shortened: what cannot be read cannot be confirmed. */
export function CommandQuestionView({ question, home }: CommandQuestionProps) {
  const { t } = useTexts();
  const { line, profile, file, purpose } = question;
  return (
    <QuestionWindow
      question={question}
      heading={<h1 className={styles.title}>{t('question.command.title')}</h1>}
      accounts={[]}
      known={{}}
      refusal={{ label: t('question.refuse'), hasFocus: true }}
      choices={[{ permission: 'run', label: t('question.command.verb') }]}
    >
      <section className={styles.asking}>
        <p>{purpose === 'mfa-code' ? t('question.command.forCode') : t('question.command.forCredentials')}</p>
        <p className={styles.command}>
          <code>{line}</code>
        </p>
        <p className={styles.quiet}>{t('question.profile', { profile: shortened(profile, nameMax) })}</p>
        <p className={styles.quiet} title={file}>
          {t('question.command.file', { file: shownFolder(file, home) })}
        </p>
        <p className={styles.quiet}>{t('question.command.once')}</p>
      </section>
    </QuestionWindow>
  );
}
