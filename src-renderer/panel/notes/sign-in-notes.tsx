import { LogIn } from 'lucide-react';
import type { SignIn } from '../../../src-main/contract/sign-in.ts';
import { nameMax, shortened } from '../../../src-main/core/printable.ts';
import { useApp } from '../../context/app-context.ts';
import { Button } from '../../parts/button.tsx';
import styles from './action-note.module.css';
import { SignInCard } from './sign-in-card.tsx';

/** Where people sign in with the browser, each with what there is to do: a card once somebody has signed in, and a note before. */
export function SignInNotes({ signIns }: { readonly signIns: readonly SignIn[] }) {
  return signIns.map(({ state, ...signIn }) =>
    state.kind === 'none' ? <SignInNote key={signIn.signInId} signIn={signIn} /> : <SignInCard key={signIn.signInId} signIn={{ ...signIn, state }} />,
  );
}

function SignInNote({ signIn: { signInId, name } }: { readonly signIn: Pick<SignIn, 'signInId' | 'name'> }) {
  const { api, texts } = useApp();
  const { t } = texts;
  const shown = shortened(name, nameMax);
  return (
    <div className={styles.note}>
      <LogIn size={16} aria-hidden />
      <p>{t('signIn.signedOut', { name: shown })}</p>
      <Button aria-label={t('signIn.signInTo', { name: shown })} onClick={() => void api.signIn({ signInId })}>
        {t('signIn.signIn')}
      </Button>
    </div>
  );
}
