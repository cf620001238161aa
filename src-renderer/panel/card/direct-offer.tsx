import { useId } from 'react';
import type { Profile } from '../../../src-main/contract/ui-state.ts';
import { useApp } from '../../context/app-context.ts';
import { Button } from '../../parts/button.tsx';
import { directSeconds } from '../../state/role-session.ts';
import styles from './direct-offer.module.css';

/** A role session of more than an hour costs a code, so it is a choice beside the usual one. */
export function DirectOffer({ profile }: { readonly profile: Profile }) {
  const { api, texts } = useApp();
  const whyId = useId();
  const seconds = directSeconds(profile);
  if (seconds === null) return null;
  return (
    <div className={styles.offer}>
      <p id={whyId} className={styles.why}>
        {texts.t('session.startDirectWhy')}
      </p>
      <Button tone="quiet" aria-describedby={whyId} onClick={() => void api.requestSession({ profile: profile.name, fromAccessKey: true })}>
        {texts.t('session.startDirect', { duration: texts.duration(seconds) })}
      </Button>
    </div>
  );
}
