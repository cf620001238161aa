import type { WayToAws } from '../../src-main/contract/ui-state.ts';
import { pathMax, shortened } from '../../src-main/core/printable.ts';
import { useTexts } from '../context/app-context.ts';
import styles from './way-to-aws.module.css';

/** What of the way to AWS is not AWS's own, so that nobody types a code for somebody else unawares. */
export function WayToAwsNote({ way }: { readonly way: WayToAws | null }) {
  const { t, path } = useTexts();
  if (way === null || (way.endpoint ?? way.proxy ?? way.caBundle) === null) return null;
  return (
    <section aria-label={t('mfa.way')} className={styles.way}>
      {way.endpoint !== null && <p className={styles.elsewhere}>{t('mfa.wayEndpoint', { endpoint: shortened(way.endpoint, pathMax) })}</p>}
      {way.proxy !== null && <p>{t('mfa.wayProxy', { proxy: shortened(way.proxy, pathMax) })}</p>}
      {way.caBundle !== null && <p>{t('mfa.wayCaBundle', { file: shortened(path(way.caBundle), pathMax) })}</p>}
    </section>
  );
}
