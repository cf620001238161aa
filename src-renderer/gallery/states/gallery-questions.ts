import type { AccountQuestion } from '../../../src-main/contract/ui-state.ts';
import { alice, longRole, shortRole } from './gallery-samples.ts';
import { uiState, type Shown, type ShownStates } from './gallery-windows.ts';

/** The question where a run may go: an ordinary account, one of production, and the session's own. */
export function questionStates(at: number): ShownStates {
  const question = (changes: Partial<AccountQuestion>): Shown => ({
    view: 'question',
    state: uiState({
      question: {
        questionId: 'question-1',
        profile: 'default',
        accountId: longRole.accountId,
        role: longRole.roleArn,
        program: 'terraform apply',
        folder: '/home/alice/infrastructure/live/eu-central-1/kubernetes-cluster',
        canBind: true,
        answerBy: at + 47_000,
        ...changes,
      },
    }),
  });
  return {
    question: question({}),
    'question-production': question({ accountId: shortRole.accountId, role: shortRole.roleArn }),
    'question-without-role': question({ accountId: alice.accountId, role: null, program: 'terraform plan' }),
    'question-of-unknown-program': question({ program: null, folder: null, canBind: false }),
    'question-in-long-folder': question({ folder: `/home/alice/${'infrastructure/live/'.repeat(40)}kubernetes-cluster` }),
  };
}
