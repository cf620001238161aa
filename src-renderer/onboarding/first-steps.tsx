import { Check } from 'lucide-react';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useTexts } from '../context/app-context.ts';
import styles from './first-steps.module.css';

type Step = 'key' | 'device' | 'session';
const steps: readonly Step[] = ['key', 'device', 'session'];

/** How far the user is on the way to the first session. Renders nothing once there has been a session. */
export function FirstSteps({ state }: { readonly state: UiState }) {
  const { t } = useTexts();
  const current = firstStep(state);
  if (current === null) return null;
  const titles: Readonly<Record<Step, string>> = { key: t('firstRun.stepKey'), device: t('firstRun.stepDevice'), session: t('firstRun.stepSession') };
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

/** The step that comes next; null when there has been a session. */
export function firstStep({ profiles, prompt, settings }: Pick<UiState, 'profiles' | 'prompt' | 'settings'>): Step | null {
  if (settings.recents.length > 0 || profiles.some(({ session }) => 'identity' in session)) return null;
  if (profiles.length === 0) return 'key';
  return prompt?.step.kind === 'finding-device' || prompt?.step.kind === 'choose-device' ? 'device' : 'session';
}
