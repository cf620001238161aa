import type { AppError } from '../../contract/app-error.ts';
import type { PromptStep } from '../../contract/ui-state.ts';

/** What these say to do next can only be done in the prompt. */
const aboutTheCode: ReadonlySet<AppError['code']> = new Set(['mfa-code-wrong', 'mfa-code-used']);

/** Why a prompt that is closed at this step brought no session; null when nothing went wrong. */
export function whyNotStarted(step: PromptStep): AppError | null {
  switch (step.kind) {
    case 'enter-code':
      return step.refused !== null && aboutTheCode.has(step.refused.code) ? null : step.refused;
    case 'choose-device':
      // The app is asking here; it is not the cause of a failure.
      return step.reason?.code === 'mfa-device-lookup-denied' ? null : step.reason;
    case 'failed':
      return step.error;
    default:
      return null;
  }
}
