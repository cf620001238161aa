import type { AwsFiles } from '../../aws/files/environment.ts';
import { guardedProgramOptions } from '../../core/hand-offs/guarded-program.ts';
import { accountFor } from '../../core/sessions/accounts.ts';
import { errorSentences, translator } from '../../core/texts/translate.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import { AccountQuestions } from './account-questions.ts';
import { RelayRuns } from './relay-runs.ts';
import { RelayedHandOffs, type FolderBinding } from './relayed-hand-offs.ts';

type Parts = FolderBinding & {
  readonly store: UiStateStore;
  readonly files: AwsFiles;
  readonly ledger: Pick<Ledger, 'record'>;
  /** Brings the window with a question to the front. */
  readonly raiseQuestion: () => void;
  readonly onBug: (error: unknown) => void;
  readonly now: () => number;
};

/** The relay as the user has set it up. Nothing listens before the first run. */
export function openRelay({ store, files, ledger, raiseQuestion, onBug, now, ...binding }: Parts) {
  const questions = new AccountQuestions(store, raiseQuestion);
  const relayRuns = new RelayRuns({
    files,
    proxy: () => store.content.settings.proxy,
    sentences: (error, typedAs) => errorSentences(translator(store.content.language), error, typedAs === 'guarded-program' ? guardedProgramOptions : undefined),
    onBug,
    ask: (question, signal) => questions.ask(question, signal),
    now,
  });
  relayRuns.onEvent(({ at: _at, ...event }) => ledger.record({ event: 'reached', ...event }));
  return {
    questions,
    relayRuns,
    relay: new RelayedHandOffs({
      ...binding,
      runs: relayRuns,
      isOn: () => store.content.settings.relayRuns,
      isProduction: (accountId) => accountFor(accountId, store.content.settings.accounts).production,
    }),
  };
}
