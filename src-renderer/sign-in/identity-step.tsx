import type { SignedInIdentity, SignInStep } from '../../src-main/contract/sign-in.ts';
import type { Account } from '../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import { useApp } from '../context/app-context.ts';
import { useDeafAtFirst } from '../context/use-deaf-at-first.ts';
import { AccountId } from '../parts/account-id.tsx';
import { RootLabel } from '../parts/account-mark.tsx';
import { Button } from '../parts/button.tsx';
import { focusWhenShown } from '../parts/focus-when-shown.ts';
import { IdentityAccount } from './identity-account.tsx';
import styles from './sign-in-view.module.css';
import { TimeLeft } from './time-left.tsx';

type IdentityStepProps = {
  readonly promptId: string;
  readonly step: Extract<SignInStep, { kind: 'another-identity' }>;
  /** How an account is marked. */
  readonly marked: (accountId: string) => Account;
};

/** Somebody else signed in than before. To keep it as it was is the safe answer, and has the focus. */
export function IdentityStep({ promptId, step, marked }: IdentityStepProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const unlessTooEarly = useDeafAtFirst();
  const answer = (accept: boolean) => unlessTooEarly(() => void api.acceptIdentity({ promptId, accept }));
  const accountOf = ({ accountId }: SignedInIdentity) => accountId !== null && <IdentityAccount account={marked(accountId)} />;
  return (
    <>
      <dl className={styles.identities}>
        <dt>
          {t('signIn.before')} {accountOf(step.before)}
        </dt>
        <Identity identity={step.before} />
        <dt>
          {t('signIn.now')} {accountOf(step.now)}
        </dt>
        <Identity identity={step.now} />
      </dl>
      <p className={styles.time}>
        <TimeLeft until={step.answerBy} />
      </p>
      <div className={styles.buttons}>
        <Button ref={focusWhenShown} onClick={answer(false)}>
          {t('signIn.keepBefore')}
        </Button>
        <Button onClick={answer(true)}>{t('signIn.takeNow')}</Button>
      </div>
    </>
  );
}

function Identity({ identity: { accountId, name, isRoot } }: { readonly identity: SignedInIdentity }) {
  return (
    <dd>
      {accountId !== null && <AccountId accountId={accountId} size="small" />} {isRoot && <RootLabel />}{' '}
      <span className={styles.arn} title={name}>
        {shortened(name, nameMax)}
      </span>
    </dd>
  );
}
