import { Info } from 'lucide-react';
import type { Revocation, Settings } from '../../../src-main/contract/settings.ts';
import { useApp } from '../../context/app-context.ts';
import { Button } from '../../parts/button.tsx';
import { arnName } from '../../texts/arn-name.ts';
import { useIsOver } from '../../context/use-clock.ts';
import styles from './action-note.module.css';

/** The policies that only deny sessions which have run out by now. */
export function RevocationNotes({ revocations }: Pick<Settings, 'revocations'>) {
  return Object.entries(revocations).map(([arn, revocation]) => <RevocationNote key={arn} arn={arn} revocation={revocation} />);
}

/** Renders nothing while the policy is still needed. */
function RevocationNote({ arn, revocation }: { readonly arn: string; readonly revocation: Revocation }) {
  const { api, texts } = useApp();
  const over = useIsOver(revocation.neededUntil);
  if (!over) return null;
  return (
    <div className={styles.note}>
      <Info size={16} aria-hidden />
      <p>{texts.t('revocation.over', { policy: revocation.policyName, name: arnName(arn) })}</p>
      <div className={styles.buttons}>
        <Button tone="quiet" title={texts.t('revocation.goneWhy')} onClick={() => void api.forgetRevocation({ arn })}>
          {texts.t('revocation.gone')}
        </Button>
        <Button tone="quiet" onClick={() => void api.removeRevocation({ arn })}>
          {texts.t('revocation.remove')}
        </Button>
      </div>
    </div>
  );
}
