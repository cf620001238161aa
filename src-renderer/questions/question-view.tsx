import type { Question } from '../../src-main/contract/question.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import type { Account, UiState } from '../../src-main/contract/ui-state.ts';
import { accountFor } from '../../src-main/core/sessions/accounts.ts';
import { AccountQuestionView } from './account-question.tsx';
import { ActionQuestionView } from './action-question.tsx';
import { CommandQuestionView } from './command-question.tsx';
import { ProgramQuestionView } from './program-question.tsx';
import { QuitQuestionView } from './quit-question.tsx';

type QuestionViewProps = {
  readonly question: Question;
  readonly accounts: UiState['accounts'];
  /** What the user chose for each account. */
  readonly known: Settings['accounts'];
  readonly home: string;
};

/** The one window in which the app asks; each kind of question has its own words. */
export function QuestionView({ question, accounts, known, home }: QuestionViewProps) {
  const marked = (accountId: string): Account => accounts[accountId] ?? accountFor(accountId, { accounts: known, accountColors: {} });
  switch (question.kind) {
    case 'account':
      return <AccountQuestionView question={question} account={marked(question.accountId)} known={known} home={home} />;
    case 'action':
      return <ActionQuestionView question={question} accounts={question.accountIds.map(marked)} known={known} home={home} />;
    case 'program':
      return <ProgramQuestionView question={question} account={marked(question.accountId)} known={known} home={home} />;
    case 'command':
      return <CommandQuestionView question={question} home={home} />;
    case 'quit':
      return <QuitQuestionView question={question} />;
  }
}
