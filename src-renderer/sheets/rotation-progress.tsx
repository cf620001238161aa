import { Check } from 'lucide-react';
import { useId, useState, type MouseEvent } from 'react';
import type { Rotation } from '../../src-main/contract/sheet.ts';
import { useApp, useTexts } from '../app-context.ts';
import { focusWhenShown } from '../mfa/focus-when-shown.ts';
import { Button } from '../parts/button.tsx';
import { Spinner } from '../parts/spinner.tsx';
import styles from './access-keys.module.css';
import sheet from './sheet.module.css';

type RotationProps = { readonly profile: string; readonly rotation: Rotation; readonly working: boolean };

/** How many of the four steps are done. */
const stepsDone: Readonly<Record<Rotation['done'], number>> = { begun: 0, created: 1, 'put-in-place': 2, deactivated: 3 };

/** A rotation that has begun: what is done, and the button for what comes next. */
export function RotationProgress({ profile, rotation, working }: RotationProps) {
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
    <>
      <ol aria-label={t('accessKeys.rotation')} className={styles.steps}>
        {steps.map((step, index) => (
          <li key={index} aria-current={index === done ? 'step' : undefined} className={styles.step}>
            <span className={styles.number}>{index < done ? <Check size={12} aria-label={t('accessKeys.done')} /> : index + 1}</span>
            <span>{step}</span>
          </li>
        ))}
      </ol>
      {rotation.done === 'deactivated' ? (
        <DeleteOld profile={profile} rotation={rotation} working={working} />
      ) : (
        <GoOn profile={profile} working={working} />
      )}
    </>
  );
}

function GoOn({ profile, working }: Omit<RotationProps, 'rotation'>) {
  const { api, texts } = useApp();
  return (
    <div className={sheet.actions}>
      <Button tone="primary" disabled={working} onClick={() => void api.rotateAccessKey({ profile })}>
        {working && <Spinner />}
        {texts.t('accessKeys.goOn')}
      </Button>
      <span role="status">{working && texts.t('accessKeys.working')}</span>
    </div>
  );
}

/** Asks once more, since AWS cannot bring a key back. */
function DeleteOld({ profile, rotation, working }: RotationProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const [asks, setAsks] = useState(false);
  const questionId = useId();
  if (!asks) {
    return (
      <>
        <p>{t('accessKeys.beforeDeleting')}</p>
        <div className={sheet.actions}>
          <Button disabled={working} onClick={() => setAsks(true)}>
            {t('accessKeys.deleteOld')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <div role="group" aria-labelledby={questionId} className={styles.ask}>
      <p id={questionId}>{t('accessKeys.reallyDelete', { key: rotation.oldKeyId })}</p>
      <div className={sheet.actions}>
        <Button ref={focusWhenShown} disabled={working} onClick={() => setAsks(false)}>
          {t('accessKeys.keepOld')}
        </Button>
        <Button tone="primary" disabled={working} onClick={deleteUnlessDoubleClick}>
          {working && <Spinner />}
          {t('accessKeys.deleteOld')}
        </Button>
        <span role="status">{working && t('accessKeys.working')}</span>
      </div>
    </div>
  );

  /** The second click of a double click on the first button may land here. */
  function deleteUnlessDoubleClick({ detail }: MouseEvent) {
    if (detail < 2) void api.deleteOldAccessKey({ profile });
  }
}
