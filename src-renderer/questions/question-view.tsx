import { useId, useState, type FormEvent, type ReactNode } from 'react';
import type { CommandRequest } from '../../src-main/contract/ipc.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import type { Account, AccountQuestion, UiState } from '../../src-main/contract/ui-state.ts';
import { confirmationName } from '../../src-main/core/questions/confirmation-name.ts';
import { accountFor } from '../../src-main/core/sessions/accounts.ts';
import { useApp } from '../context/app-context.ts';
import { useEscape } from '../context/use-escape.ts';
import { useCountdown } from '../context/use-clock.ts';
import { MarkAccountButton } from '../accounts/mark-account-button.tsx';
import { AccountId } from '../parts/account-id.tsx';
import { AccountDot, ProductionLabel } from '../parts/account-mark.tsx';
import { Button } from '../parts/button.tsx';
import { focusWhenShown } from '../parts/focus-when-shown.ts';
import { fromHome } from '../parts/from-home.ts';
import { arnName } from '../texts/arn-name.ts';
import { waitCountdown } from '../time/countdown.ts';
import styles from './question-view.module.css';

type QuestionViewProps = {
  readonly question: AccountQuestion;
  readonly accounts: UiState['accounts'];
  /** What the user chose for each account. */
  readonly known: Settings['accounts'];
  readonly home: string;
};
type Permission = CommandRequest<'answerQuestion'>['permission'];

/** In characters. */
const folderMax = 120;

/** How long the window takes no click, in milliseconds: it may have opened under a pointer that was about to click elsewhere. */
const deafMs = 500;

/** Asks whether a run may go into an account that nobody has said it is meant for. */
export function QuestionView({ question, accounts, known, home }: QuestionViewProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const account = accounts[question.accountId] ?? accountFor(question.accountId, {});
  const { production } = account;
  const [typed, setTyped] = useState('');
  const [shownAt] = useState(() => performance.now());
  const isAllowed = !production || typed === confirmationName(account);
  const answer = (permission: Permission): void => void api.answerQuestion({ questionId: question.questionId, permission, ...(production && { typed }) });
  const [marking, setMarking] = useState(false);
  useEscape(() => answer('refuse'), !marking);

  const click = (permission: Permission) => () => {
    if (performance.now() - shownAt >= deafMs) answer(permission);
  };
  return (
    <main className={production ? `${styles.question} ${styles.production}` : styles.question}>
      <h1 className={styles.heading}>{t('question.heading')}</h1>
      <AccountName account={account}>
        {/* Only more care may be asked for here: a mark is taken back in the panel. */}
        {!production && <MarkAccountButton account={account} known={known} onOpen={setMarking} />}
      </AccountName>
      <Asking question={question} home={home} />
      {production && <Confirmation name={confirmationName(account)} typed={typed} onType={setTyped} onEnter={() => isAllowed && answer('this-run')} />}
      <p className={styles.time}>
        <TimeLeft until={question.answerBy} />
      </p>
      <div className={styles.buttons}>
        <Button onClick={click('refuse')}>{t('question.refuse')}</Button>
        {question.canBind && (
          <Button disabled={!isAllowed} onClick={click('this-folder')}>
            {t('question.thisFolder')}
          </Button>
        )}
        <Button tone="primary" disabled={!isAllowed} onClick={click('this-run')}>
          {t('question.thisRun')}
        </Button>
      </div>
    </main>
  );
}

function AccountName({ account, children }: { readonly account: Account; readonly children: ReactNode }) {
  const { accountId, name, production } = account;
  return (
    <section className={styles.account}>
      <p className={styles.name}>
        <AccountDot account={account} /> <span>{name ?? <AccountId accountId={accountId} size="large" />}</span> {production && <ProductionLabel />}
        {children}
      </p>
      {name !== null && <AccountId accountId={accountId} size="small" />}
    </section>
  );
}

/** What asks, for which role, and where it runs. */
function Asking({ question: { program, role, profile, folder }, home }: Pick<QuestionViewProps, 'question' | 'home'>) {
  const { t } = useApp().texts;
  const who = program ?? t('question.aProgram');
  return (
    <section className={styles.asking}>
      <p>{role === null ? t('question.asksSession', { program: who, profile }) : t('question.asks', { program: who, role: arnName(role) })}</p>
      {folder !== null && (
        <p className={styles.quiet} title={folder}>
          {t('question.folder', { folder: shownFolder(folder, home) })}
        </p>
      )}
      {role !== null && <p className={styles.quiet}>{t('question.session', { profile })}</p>}
    </section>
  );
}

/** Of a long path its end, so that the buttons keep their place; the whole is in the title. */
function shownFolder(folder: string, home: string): string {
  const path = fromHome(folder, home);
  return path.length > folderMax ? `…${path.slice(1 - folderMax)}` : path;
}

type ConfirmationProps = { readonly name: string; readonly typed: string; readonly onType: (typed: string) => void; readonly onEnter: () => void };

function Confirmation({ name, typed, onType, onEnter }: ConfirmationProps) {
  const { t } = useApp().texts;
  const id = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onEnter();
  };
  return (
    <form className={styles.confirmation} onSubmit={submit}>
      <label htmlFor={id}>{t('question.confirm', { name })}</label>
      <input
        id={id}
        ref={focusWhenShown}
        value={typed}
        maxLength={64}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => onType(event.target.value)}
      />
    </form>
  );
}

function TimeLeft({ until }: { readonly until: number }) {
  const { t, duration } = useApp().texts;
  return <>{t('question.refusedIn', { duration: duration(useCountdown(waitCountdown, until)) })}</>;
}
