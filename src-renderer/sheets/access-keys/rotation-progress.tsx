import { Check } from 'lucide-react';
import { useId, useState } from 'react';
import type { Rotation } from '../../../src-main/contract/sheet.ts';
import { useApp, useTexts } from '../../context/app-context.ts';
import { focusWhenShown } from '../../parts/focus-when-shown.ts';
import { Button } from '../../parts/button.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { unlessDoubleClick } from '../parts/unless-double-click.ts';
import styles from './access-keys.module.css';
import sheet from '../parts/sheet.module.css';

/** How many of the four steps are done. */
const stepsDone: Readonly<Record<Rotation['done'], number>> = { begun: 0, created: 1, 'put-in-place': 2, deactivated: 3 };

/** How far a rotation that has begun has got. */
export function RotationSteps({ rotation }: { readonly rotation: Rotation }) {
  const { t } = useTexts();
  const { oldKeyId, newKeyId } = rotation;
  const done = stepsDone[rotation.done];
  const steps = [
    newKeyId === null ? t('accessKeys.stepCreateAny') : t('accessKeys.stepCreate', { key: newKeyId }),
    t('accessKeys.stepPut'),
    t('accessKeys.stepDeactivate', { key: oldKeyId }),
    t('accessKeys.stepDelete'),
  ];
  return (
    <ol aria-label={t('accessKeys.rotation')} className={styles.steps}>
      {steps.map((step, index) => (
        <li key={index} aria-current={index === done ? 'step' : undefined} className={styles.step}>
          <span className={styles.number}>{index < done ? <Check size={12} aria-label={t('accessKeys.done')} /> : index + 1}</span>
          <span>{step}</span>
        </li>
      ))}
    </ol>
  );
}

type DeleteOldProps = { readonly profile: string; readonly oldKeyId: string; readonly working: boolean };

/** Asks once more, since AWS cannot bring a deleted key back. */
export function DeleteOld({ profile, oldKeyId, working }: DeleteOldProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const [answer, setAnswer] = useState<'unasked' | 'asked' | 'kept'>('unasked');
  const questionId = useId();
  if (answer !== 'asked') {
    return (
      <div className={sheet.actions}>
        <Button ref={answer === 'kept' ? focusWhenShown : undefined} busy={working} onClick={() => setAnswer('asked')}>
          {t('accessKeys.deleteOld')}
        </Button>
      </div>
    );
  }
  return (
    <div role="group" aria-labelledby={questionId} className={styles.ask}>
      <p id={questionId}>{t('accessKeys.reallyDelete', { key: oldKeyId })}</p>
      <div className={sheet.actions}>
        <Button ref={focusWhenShown} disabled={working} onClick={() => setAnswer('kept')}>
          {t('accessKeys.keepOld')}
        </Button>
        <Button tone="danger" busy={working} onClick={unlessDoubleClick(() => void api.deleteOldAccessKey({ profile }))}>
          {working && <Spinner />}
          {t('accessKeys.deleteOld')}
        </Button>
        <span role="status">{working && t('accessKeys.working')}</span>
      </div>
    </div>
  );
}
