import { useId } from 'react';
import { useTexts } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';
import { focusWhenShown } from '../parts/focus-when-shown.ts';
import type { FirstWay } from './first-steps.tsx';
import styles from './way-choice.module.css';

/** What the first run begins with. */
export function WayChoice({ choose }: { readonly choose: (way: FirstWay) => void }) {
  const { t } = useTexts();
  const [headingId, browserId, keyId] = [useId(), useId(), useId()];
  return (
    <section className={styles.ways} aria-labelledby={headingId}>
      <h3 id={headingId}>{t('firstSignIn.choose')}</h3>
      <div className={styles.way}>
        <Button tone="primary" ref={focusWhenShown} value="browser" aria-describedby={browserId} onClick={() => choose('browser')}>
          {t('firstSignIn.browser')}
        </Button>
        <p id={browserId} className={styles.hint}>
          {t('firstSignIn.browserHint')}
        </p>
      </div>
      <div className={styles.way}>
        <Button value="key" aria-describedby={keyId} onClick={() => choose('key')}>
          {t('firstSignIn.key')}
        </Button>
        <p id={keyId} className={styles.hint}>
          {t('firstSignIn.keyHint')}
        </p>
      </div>
    </section>
  );
}
