import type { AppError } from '../../../src-main/contract/app-error.ts';
import type { AccessKeys, AccessKeysStep } from '../../../src-main/contract/sheet.ts';
import { useApp, useTexts } from '../../context/app-context.ts';
import { AccessKeyItem } from './access-key-item.tsx';
import styles from './access-keys.module.css';
import { Rotate } from './rotate.tsx';
import { DeleteOld, RotationSteps } from './rotation-progress.tsx';
import { Asking, Failed, Failure, Outcome } from '../parts/sheet-steps.tsx';
import sheet from '../parts/sheet.module.css';

type AccessKeysSheetProps = { readonly profile: string; readonly step: AccessKeysStep; readonly warnDays: number };

/** The access keys of a profile's user, and the change to a new one. */
export function AccessKeysSheet({ profile, step, warnDays }: AccessKeysSheetProps) {
  const { api, texts } = useApp();
  switch (step.kind) {
    case 'asking':
      return <Asking what={texts.t('sheet.asking')} />;
    case 'failed':
      return <Failed error={step.error} again={() => void api.showAccessKeys({ profile })} />;
    case 'shown':
      return <Shown profile={profile} accessKeys={step.accessKeys} working={step.working} error={step.error} warnDays={warnDays} />;
  }
}

type ShownProps = {
  readonly profile: string;
  readonly accessKeys: AccessKeys;
  readonly working: boolean;
  readonly error: AppError | null;
  readonly warnDays: number;
};

function Shown({ profile, accessKeys, working, error, warnDays }: ShownProps) {
  const { t } = useTexts();
  const { keys, rotation, userName } = accessKeys;
  const others = keys.filter(({ current }) => !current).map(({ accessKeyId }) => accessKeyId);
  const blocked = rotation === null && keys.length > 1;
  const rotated = rotation?.done === 'deactivated';
  return (
    <>
      <p className={sheet.quiet}>{t('accessKeys.user', { user: userName })}</p>
      <ul className={styles.keys}>
        {keys.map((key) => (
          <AccessKeyItem key={key.accessKeyId} info={key} warnDays={warnDays} />
        ))}
      </ul>
      {error !== null && <Failure error={error} />}
      {rotation === null ? (
        <p>{blocked ? t('accessKeys.two', { others: others.join(', ') }) : t('accessKeys.whatHappens')}</p>
      ) : (
        <RotationSteps rotation={rotation} />
      )}
      <Outcome>{rotated && <p>{t('accessKeys.beforeDeleting')}</p>}</Outcome>
      {rotated && <DeleteOld profile={profile} oldKeyId={rotation.oldKeyId} working={working} />}
      {!rotated && !blocked && <Rotate profile={profile} user={userName} begun={rotation !== null} working={working} />}
    </>
  );
}
