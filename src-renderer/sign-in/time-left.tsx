import { useApp } from '../context/app-context.ts';
import { useCountdown } from '../context/use-clock.ts';
import { waitCountdown } from '../time/countdown.ts';

/** How long a sign-in still waits for the person. */
export function TimeLeft({ until }: { readonly until: number }) {
  const { t, duration } = useApp().texts;
  return <>{t('signIn.closesIn', { duration: duration(useCountdown(waitCountdown, until)) })}</>;
}
