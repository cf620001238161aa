import { useId, useState } from 'react';
import { useApp } from '../../context/app-context.ts';
import { Button } from '../../parts/button.tsx';
import { focusWhenShown } from '../../parts/focus-when-shown.ts';
import { Spinner } from '../../parts/spinner.tsx';
import { unlessDoubleClick } from '../parts/unless-double-click.ts';
import styles from './access-keys.module.css';
import sheet from '../parts/sheet.module.css';

type RotateProps = { readonly profile: string; readonly user: string; readonly begun: boolean; readonly working: boolean };

/** Asks before a rotation begins, since that creates a key and deactivates another one. One that has begun continues at once. */
export function Rotate({ profile, user, begun, working }: RotateProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const [answer, setAnswer] = useState<'unasked' | 'asked' | 'no'>('unasked');
  const questionId = useId();
  const rotate = (): void => void api.rotateAccessKey({ profile });
  if (!begun && !working && answer !== 'asked') {
    return (
      <div className={sheet.actions}>
        <Button ref={answer === 'no' ? focusWhenShown : undefined} onClick={() => setAnswer('asked')}>
          {t('accessKeys.rotate')}
        </Button>
      </div>
    );
  }
  // The button stays the same one when the rotation has begun, so it keeps the focus.
  return (
    <div role={begun ? undefined : 'group'} aria-labelledby={begun ? undefined : questionId} className={styles.ask}>
      {!begun && <p id={questionId}>{t('accessKeys.reallyRotate', { user, profile })}</p>}
      <div className={sheet.actions}>
        {!begun && (
          <Button key="cancel" disabled={working} onClick={() => setAnswer('no')}>
            {t('accessKeys.cancel')}
          </Button>
        )}
        <Button key="rotate" ref={begun ? undefined : focusWhenShown} tone="primary" busy={working} onClick={unlessDoubleClick(rotate)}>
          {working && <Spinner />}
          {begun ? t('accessKeys.goOn') : t('accessKeys.rotateNow')}
        </Button>
        <span role="status">{working && t('accessKeys.working')}</span>
      </div>
    </div>
  );
}
