import type { MfaPrompt, UiState } from '../../src-main/contract/ui-state.ts';
import { useTexts } from '../context/app-context.ts';
import { AccountId } from '../parts/account-id.tsx';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import styles from './prompt-identity.module.css';

type PromptProps = {
  readonly prompt: MfaPrompt;
  readonly accounts: UiState['accounts'];
};

/** Which account the session is for, and as whom. The line keeps its height before AWS has answered, so nothing moves. */
export function PromptIdentityText({ prompt, accounts }: PromptProps) {
  const { t } = useTexts();
  const { identity, role } = prompt;
  return (
    <section aria-label={t('mfa.identity')} aria-busy={identity.kind === 'asking'} className={styles.identity}>
      {role === null ? (
        <User prompt={prompt} accounts={accounts} />
      ) : (
        <>
          <AccountLine accountId={role.accountId} accounts={accounts} as={role.roleName} />
          {identity.kind === 'unknown' && <User prompt={prompt} accounts={accounts} />}
        </>
      )}
      <ForRole prompt={prompt} accounts={accounts} />
    </section>
  );
}

/** The role that somebody clicked, and whose device gives the code: it is not that of the profile that was clicked. */
function ForRole({ prompt: { role, wantedFor, profile, userProfile }, accounts }: PromptProps) {
  const { t } = useTexts();
  if (role !== null) return userProfile === profile ? null : <p className={styles.aim}>{t('mfa.withCode', { profile: shortened(userProfile, nameMax) })}</p>;
  if (wantedFor === null) return null;
  const { accountId, roleName } = wantedFor.role;
  const account = accounts[accountId]?.name ?? accountId;
  return <p className={styles.aim}>{t('mfa.forRole', { account, role: shortened(roleName, nameMax), profile: shortened(userProfile, nameMax) })}</p>;
}

function User({ prompt: { identity, step }, accounts }: PromptProps) {
  const texts = useTexts();
  switch (identity.kind) {
    case 'asking':
      return (
        <p className={styles.line}>
          <span className={styles.placeholder} />
        </p>
      );
    case 'known':
      return <AccountLine accountId={identity.accountId} accounts={accounts} as={identity.userName} />;
    case 'unknown': {
      const { what } = texts.error(identity.error);
      // Below the code it is said in full, with what to do next.
      const isSaid = step.kind === 'enter-code' && step.refused !== null && texts.error(step.refused).what === what;
      return isSaid ? null : <p className={styles.unknown}>{what}</p>;
    }
  }
}

type AccountLineProps = { readonly accountId: string; readonly accounts: UiState['accounts']; readonly as: string };

function AccountLine({ accountId, accounts, as }: AccountLineProps) {
  const name = accounts[accountId]?.name ?? null;
  return (
    <p className={styles.line}>
      <span className={styles.account}>
        <AccountId accountId={accountId} size="small" />
      </span>{' '}
      <span className={styles.facts}>
        {name !== null && <span>{shortened(name, nameMax)}</span>} <span>{shortened(as, nameMax)}</span>
      </span>
    </p>
  );
}
