import type { Asker } from '../../src-main/contract/question.ts';
import { useTexts } from '../context/app-context.ts';
import styles from './unverified.module.css';

type UnverifiedProps = { readonly program: { readonly verified?: boolean | undefined; readonly peer?: Asker['peer'] | undefined } };

/** Beside a program that named itself, and that the kernel did not confirm: that it is so, and what is connected instead. */
export function Unverified({ program: { verified, peer = null } }: UnverifiedProps) {
  const { t } = useTexts();
  if (verified !== false) return null;
  return (
    <span className={styles.unverified}>
      {peer === null ? t('asker.unverified') : t('asker.otherConnected', { command: peer.command, pid: String(peer.pid) })}
    </span>
  );
}
