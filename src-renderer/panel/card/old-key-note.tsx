import { useApp } from '../../context/app-context.ts';
import { Button } from '../../parts/button.tsx';
import { useDaysSince } from '../../context/use-clock.ts';
import styles from './old-key-note.module.css';

type OldKeyNoteProps = {
  readonly profile: string;
  /** When the access key was created, in epoch milliseconds. */
  readonly createdAt: number;
  /** The age from which the key counts as old, in days; 0 for never. */
  readonly warnDays: number;
};

/** Says how old an access key is once it is old. */
export function OldKeyNote({ profile, createdAt, warnDays }: OldKeyNoteProps) {
  const { api, texts } = useApp();
  const days = useDaysSince(createdAt);
  if (warnDays === 0 || days < warnDays) return null;
  return (
    <div className={styles.note}>
      <p>{texts.t('accessKeys.cardNote', { days: texts.number(days) })}</p>
      <Button tone="quiet" onClick={() => void api.showAccessKeys({ profile })}>
        {texts.t('accessKeys.cardRotate')}
      </Button>
    </div>
  );
}
