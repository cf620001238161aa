import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { typedMax } from '../../src-main/contract/limits.ts';
import type { Permission, Question } from '../../src-main/contract/question.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import type { Account } from '../../src-main/contract/ui-state.ts';
import { toBeTyped } from '../../src-main/core/questions/question-accounts.ts';
import { ProductionBand } from '../accounts/production-band.tsx';
import { useApp } from '../context/app-context.ts';
import { useCountdown } from '../context/use-clock.ts';
import { useDeafAtFirst } from '../context/use-deaf-at-first.ts';
import { useEscape } from '../context/use-escape.ts';
import { AccountId } from '../parts/account-id.tsx';
import { AccountDot } from '../parts/account-mark.tsx';
import { Button } from '../parts/button.tsx';
import { focusWhenShown } from '../parts/focus-when-shown.ts';
import { waitCountdown } from '../time/countdown.ts';
import styles from './question-window.module.css';

/** A button, and what it answers. */
type Choice = { readonly permission: Permission; readonly label: string };

type QuestionWindowProps = {
  readonly question: Pick<Question, 'questionId' | 'answerBy'>;
  readonly heading: ReactNode;
  /** Those that it is about, as they are marked. */
  readonly accounts: readonly Account[];
  /** What the user chose for each account. */
  readonly known: Settings['accounts'];
  /** Stands beside the account. */
  readonly beside?: ReactNode;
  /** As for production. */
  readonly isRed?: boolean;
  /** What is asked. */
  readonly children: ReactNode;
  /** What stops it: the label of its button, whether that has the focus, and what is said of the time without an answer. */
  readonly refusal: { readonly label: string; readonly hasFocus: boolean; readonly unanswered?: (duration: string) => string };
  /** What lets it go; the last one is the primary one. */
  readonly choices: readonly Choice[];
  /** Whether what the last one lets go cannot be undone. */
  readonly isFinal?: boolean;
  /** Whether Escape is for something in front of the question. */
  readonly isCovered?: boolean;
};

/** What all questions have in common: which account, what has to be typed for production, how long there is, and the buttons. */
export function QuestionWindow({
  question,
  heading,
  accounts,
  known,
  beside,
  isRed = false,
  children,
  refusal,
  choices,
  isFinal = false,
  isCovered = false,
}: QuestionWindowProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const name = toBeTyped(accounts, known);
  const [typed, setTyped] = useState('');
  const unlessTooEarly = useDeafAtFirst();
  const isAllowed = name === null || typed === name;
  const answer = (permission: Permission): void => void api.answerQuestion({ questionId: question.questionId, permission, ...(name !== null && { typed }) });
  useEscape(() => answer('refuse'), !isCovered);
  const press = (permission: Permission) => unlessTooEarly(() => answer(permission));
  const primary = choices.at(-1);
  const [production, ordinary] = [accounts.filter((account) => account.production), accounts.filter((account) => !account.production)];
  return (
    <main className={name === null && !isRed ? styles.question : `${styles.question} ${styles.production}`}>
      {production.length > 0 && (
        <div className={styles.bands}>
          {production.map((account) => (
            <ProductionBand key={account.accountId} account={account} />
          ))}
        </div>
      )}
      {heading}
      {ordinary.map((account) => (
        <AccountName key={account.accountId} account={account}>
          {beside}
        </AccountName>
      ))}
      {ordinary.length === 0 && <div className={styles.beside}>{beside}</div>}
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
        <TimeLeft until={question.answerBy} says={refusal.unanswered ?? ((duration) => t('question.refusedIn', { duration }))} />
      </p>
      <div className={styles.buttons}>
        <Button tone="quiet" ref={refusal.hasFocus ? focusWhenShown : null} onClick={press('refuse')}>
          {refusal.label}
        </Button>
        {choices.map((choice) => (
          <Button
            key={choice.permission}
            tone={choice !== primary ? 'plain' : isFinal ? 'danger' : 'primary'}
            disabled={!isAllowed}
            onClick={press(choice.permission)}
          >
            {choice.label}
          </Button>
        ))}
      </div>
    </main>
  );
}

function AccountName({ account, children }: { readonly account: Account; readonly children: ReactNode }) {
  const { accountId, name } = account;
  return (
    <section className={styles.account}>
      <p className={styles.name}>
        <AccountDot account={account} /> <span>{name ?? <AccountId accountId={accountId} size="large" />}</span>
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

function TimeLeft({ until, says }: { readonly until: number; readonly says: (duration: string) => string }) {
  const { duration } = useApp().texts;
  return <>{says(duration(useCountdown(waitCountdown, until)))}</>;
}
