import type { PromptIdentity } from '../../src-main/contract/ui-state.ts';
import { useTexts } from '../app-context.ts';
import { AccountId } from '../parts/account-id.tsx';
import styles from './prompt-identity.module.css';

type PromptIdentityTextProps = { readonly profile: string; readonly identity: PromptIdentity };

/** Whose code is asked for. The lines have their height before AWS has answered, so nothing moves. */
export function PromptIdentityText({ profile, identity }: PromptIdentityTextProps) {
  const texts = useTexts();
  return (
    <section aria-label={texts.t('mfa.identity')} aria-busy={identity.kind === 'asking'} className={styles.identity}>
      <p className={styles.profile}>{profile}</p>
      {answer()}
    </section>
  );

  function answer() {
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
            <span>{identity.userName}</span>
          </p>
        );
      case 'unknown':
        return (
          <p className={styles.unknown}>{texts.error(identity.error).what}</p>
        );
    }
  }
}
