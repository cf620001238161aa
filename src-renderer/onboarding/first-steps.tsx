import { Check } from 'lucide-react';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useTexts } from '../context/app-context.ts';
import styles from './first-steps.module.css';

/** How somebody signs in to AWS for the first time. */
export type FirstWay = 'browser' | 'key';

/** Of each way, in their order; null while nobody has chosen one. */
const stepsOf = {
  browser: ['place', 'sign-in', 'session'],
  key: ['key', 'device', 'session'],
  none: ['choice', 'session'],
} as const;

type Step = (typeof stepsOf)[keyof typeof stepsOf][number];

/** The way to the first session, and how far the user is on it. */
export type FirstStepsTaken = { readonly steps: readonly Step[]; readonly current: Step };

/** Renders how far the user is on the way to the first session. */
export function FirstSteps({ taken: { steps, current } }: { readonly taken: FirstStepsTaken }) {
  const { t } = useTexts();
  const titles: Readonly<Record<Step, string>> = {
    choice: t('firstSignIn.stepChoose'),
    place: t('firstSignIn.stepPlace'),
    'sign-in': t('firstSignIn.stepSignIn'),
    key: t('firstRun.stepKey'),
    device: t('firstRun.stepDevice'),
    session: t('firstRun.stepSession'),
  };
  return (
    <ol aria-label={t('firstRun.steps')} className={styles.steps}>
      {steps.map((step, index) => (
        <li key={step} aria-current={step === current ? 'step' : undefined} className={styles.step}>
          <span className={styles.number}>{index < steps.indexOf(current) ? <Check size={12} aria-label={t('firstRun.done')} /> : index + 1}</span>
          {titles[step]}
        </li>
      ))}
    </ol>
  );
}

type Told = Pick<UiState, 'profiles' | 'prompt' | 'settings' | 'signIns' | 'signInPrompt'>;

/** Null when there has been a session. `chosen` is the way that the user takes where there is no profile yet. */
export function firstSteps(state: Told, chosen: FirstWay | null): FirstStepsTaken | null {
  const { profiles, prompt, settings } = state;
  if (settings.recents.length > 0 || profiles.some(({ session }) => 'identity' in session)) return null;
  const way = wayOf(state) ?? chosen;
  if (way === 'browser') return { steps: stepsOf.browser, current: signInStep(state) };
  if (profiles.length === 0) return way === null ? { steps: stepsOf.none, current: 'choice' } : { steps: stepsOf.key, current: 'key' };
  return { steps: stepsOf.key, current: prompt?.step.kind === 'finding-device' || prompt?.step.kind === 'choose-device' ? 'device' : 'session' };
}

/** The way of those who have a profile, or a portal to sign in to; who has an access key knows the other way. */
function wayOf({ profiles, signIns }: Told): FirstWay | null {
  if (profiles.some(({ accessKey }) => accessKey !== null)) return 'key';
  if (signIns.length > 0) return 'browser';
  return profiles.length > 0 ? 'key' : null;
}

function signInStep({ signIns, signInPrompt }: Told): Step {
  if (signIns.some(({ state }) => state.kind === 'active')) return 'session';
  return signIns.length > 0 || signInPrompt !== null ? 'sign-in' : 'place';
}
