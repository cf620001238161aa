import type { ReactNode } from 'react';
import type { SessionState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../app-context.ts';
import { Button } from '../parts/button.tsx';
import { useToday } from '../time/use-clock.ts';
import styles from './expired-session.module.css';
import { SessionIdentity } from './session-identity.tsx';

type ExpiredSessionProps = {
  readonly profile: string;
  readonly session: Extract<SessionState, { kind: 'expired' }>;
  readonly heading: ReactNode;
};

export function ExpiredSession({ profile, session, heading }: ExpiredSessionProps) {
  const { api, texts } = useApp();
  const today = useToday();
  return (
    <>
      <SessionIdentity heading={heading} identity={session.identity} />
      <div className={styles.row}>
        <p className={styles.ranOut}>{texts.t('session.ranOut', { time: texts.moment(session.expiredAt, today) })}</p>
        <Button tone="primary" onClick={() => void api.requestSession({ profile })}>
          {texts.t('session.renew')}
        </Button>
      </div>
    </>
  );
}
