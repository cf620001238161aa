import type { ReactNode } from 'react';
import type { MfaPrompt } from '../../src-main/contract/ui-state.ts';
import { useTexts } from '../context/app-context.ts';
import { AccountId } from '../parts/account-id.tsx';
import { outlastsChaining } from '../../src-main/core/sessions/session.ts';
import { nameMax, shortened } from '../../src-main/core/printable.ts';
import styles from './prompt-identity.module.css';

type PromptProps = {
  readonly prompt: MfaPrompt;
  /** What stands beside the account that the session is for. */
  readonly children: ReactNode;
};

/** Whose code is asked for, and for what role. The lines keep their height before AWS has answered, so nothing moves. */
export function PromptIdentityText({ prompt, children }: PromptProps) {
  const { t } = useTexts();
  const { identity, profile, userProfile } = prompt;
  return (
    <section aria-label={t('mfa.identity')} aria-busy={identity.kind === 'asking'} className={styles.identity}>
      <p className={styles.profile}>{shortened(profile, nameMax)}</p>
      <Role prompt={prompt}>{children}</Role>
      {userProfile !== profile && <p className={styles.userProfile}>{t('mfa.userProfile', { profile: shortened(userProfile, nameMax) })}</p>}
      <User prompt={prompt}>{prompt.role === null && children}</User>
    </section>
  );
}

function Role({ prompt: { role, durationSeconds }, children }: PromptProps) {
  const { t, wholeDuration } = useTexts();
  if (role === null) return null;
  return (
    <>
      <p className={styles.line}>
        <AccountId accountId={role.accountId} size="small" />
        <span>{t('session.role', { role: shortened(role.roleName, nameMax) })}</span>
        {children}
      </p>
      {outlastsChaining(durationSeconds) && <p className={styles.why}>{t('mfa.roleWhy', { duration: wholeDuration(durationSeconds) })}</p>}
    </>
  );
}

function User({ prompt: { identity }, children }: PromptProps) {
  const texts = useTexts();
  switch (identity.kind) {
    case 'asking':
      return (
        <p className={styles.line}>
          <span className={styles.placeholder} />
        </p>
      );
    case 'known':
      return (
        <p className={styles.line}>
          <AccountId accountId={identity.accountId} size="small" />
          <span>{shortened(identity.userName, nameMax)}</span>
          {children}
        </p>
      );
    case 'unknown':
      return <p className={styles.unknown}>{texts.error(identity.error).what}</p>;
  }
}
