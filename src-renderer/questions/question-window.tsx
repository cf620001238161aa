import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { typedMax } from '../../src-main/contract/limits.ts';
import type { Permission, Question } from '../../src-main/contract/question.ts';
import type { Account } from '../../src-main/contract/ui-state.ts';
import { toBeTyped } from '../../src-main/core/questions/question-accounts.ts';
import { useApp } from '../context/app-context.ts';
import { useEscape } from '../context/use-escape.ts';
import { useCountdown } from '../context/use-clock.ts';
import { AccountId } from '../parts/account-id.tsx';
import { AccountDot, ProductionLabel } from '../parts/account-mark.tsx';
import { Button } from '../parts/button.tsx';
import { focusWhenShown } from '../parts/focus-when-shown.ts';
import { waitCountdown } from '../time/countdown.ts';
import styles from './question-window.module.css';

/** How long the window takes no click, in milliseconds: it may have opened under a pointer that was about to click elsewhere. */
const deafMs = 500;

/** A button, and what it answers. */
type Choice = { readonly permission: Permission; readonly label: string };

type QuestionWindowProps = {
  readonly question: Pick<Question, 'questionId' | 'answerBy'>;
  readonly heading: ReactNode;
  /** Those that it is about, as they are marked. */
  readonly accounts: readonly Account[];
  /** Stands beside the account. */
  readonly beside?: ReactNode;
  /** What is asked. */
  readonly children: ReactNode;
  /** What stops it: the label of its button, and whether that has the focus. */
  readonly refusal: { readonly label: string; readonly hasFocus: boolean };
  /** What lets it go; the last one is the primary one. */
  readonly choices: readonly Choice[];
  /** Whether Escape is for something in front of the question. */
  readonly isCovered?: boolean;
};

/** What all questions have in common: which account, what has to be typed for production, how long there is, and the buttons. */
export function QuestionWindow({ question, heading, accounts, beside, children, refusal, choices, isCovered = false }: QuestionWindowProps) {
  const { api } = useApp();
  const name = toBeTyped(accounts);
  const [typed, setTyped] = useState('');
  const [shownAt] = useState(() => performance.now());
  const isAllowed = name === null || typed === name;
  const answer = (permission: Permission): void => void api.answerQuestion({ questionId: question.questionId, permission, ...(name !== null && { typed }) });
  useEscape(() => answer('refuse'), !isCovered);
  const press = (permission: Permission) => (): void => {
    if (performance.now() - shownAt >= deafMs) answer(permission);
  };
  const primary = choices.at(-1);
  return (
    <main className={name === null ? styles.question : `${styles.question} ${styles.production}`}>
      {heading}
      {accounts.map((account) => (
        <AccountName key={account.accountId} account={account}>
          {beside}
        </AccountName>
      ))}
      {children}
      {name !== null && (
        <Confirmation
          name={name}
          typed={typed}
          hasFocus={!refusal.hasFocus}
          onType={setTyped}
          onEnter={() => isAllowed && primary !== undefined && press(primary.permission)()}
        />
      )}
      <p className={styles.time}>
        <TimeLeft until={question.answerBy} />
      </p>
      <div className={styles.buttons}>
        <Button ref={refusal.hasFocus ? focusWhenShown : null} onClick={press('refuse')}>
          {refusal.label}
        </Button>
        {choices.map((choice) => (
          <Button key={choice.permission} tone={choice === primary ? 'primary' : 'plain'} disabled={!isAllowed} onClick={press(choice.permission)}>
            {choice.label}
          </Button>
        ))}
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

type ConfirmationProps = {
  readonly name: string;
  readonly typed: string;
  readonly hasFocus: boolean;
  readonly onType: (typed: string) => void;
  readonly onEnter: () => void;
};

function Confirmation({ name, typed, hasFocus, onType, onEnter }: ConfirmationProps) {
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
        ref={hasFocus ? focusWhenShown : null}
        value={typed}
        maxLength={typedMax}
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
