import type { SessionState } from '../../../src-main/contract/ui-state.ts';
import { useApp } from '../../context/app-context.ts';
import { Button } from '../../parts/button.tsx';
import { useToday } from '../../context/use-clock.ts';
import type { CardParts } from './card-parts.ts';
import styles from './expired-session.module.css';
import { sessionRequest } from '../../../src-main/core/sessions/session.ts';
import { SessionIdentity } from './session-identity.tsx';

type ExpiredSessionProps = CardParts & { readonly session: Extract<SessionState, { kind: 'expired' }> };

export function ExpiredSession({ session, ...parts }: ExpiredSessionProps) {
  const { api, texts } = useApp();
  const today = useToday();
  return (
    <>
      <SessionIdentity {...parts} identity={session.identity} />
      <div className={styles.row}>
        <p className={styles.ranOut}>{texts.t('session.ranOut', { time: texts.moment(session.expiredAt, today) })}</p>
        <Button shortcut="renew" tone="primary" onClick={() => void api.requestSession(sessionRequest(parts.profile))}>
          {texts.t('session.renew')}
        </Button>
      </div>
    </>
  );
}
