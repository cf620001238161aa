import type { AwsFiles } from '../../aws/files/environment.ts';
import { guardedProgramOptions } from '../../core/hand-offs/guarded-program.ts';
import type { Language } from '../../contract/ui-state.ts';
import { accountFor } from '../../core/sessions/accounts.ts';
import { errorSentences, type Translate } from '../../core/texts/translate.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { OpenQuestions } from '../questions/open-questions.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import { RelayRuns } from './relay-runs.ts';
import { RelayedHandOffs, type FolderBinding } from './relayed-hand-offs.ts';

type Parts = FolderBinding & {
  readonly store: UiStateStore;
  readonly files: AwsFiles;
  readonly ledger: Pick<Ledger, 'record'>;
  readonly questions: Pick<OpenQuestions, 'ask'>;
  readonly texts: Readonly<Record<Language, Translate>>;
  readonly onBug: (error: unknown) => void;
  readonly now: () => number;
};

/** The relay as the user has set it up. Nothing listens before the first run. */
export function openRelay({ store, files, ledger, questions, texts, onBug, now, ...binding }: Parts) {
  const relayRuns = new RelayRuns({
    files,
    proxy: () => store.content.settings.proxy,
    sentences: (error, typedAs) => errorSentences(texts[store.content.language], error, typedAs === 'guarded-program' ? guardedProgramOptions : undefined),
    onBug,
    ask: ({ run: _run, ...question }, signal) => questions.ask({ kind: 'account', ...question }, signal),
    now,
  });
  relayRuns.onEvent(({ at: _at, ...event }) => ledger.record({ event: 'reached', ...event }));
  return {
    relayRuns,
    relay: new RelayedHandOffs({
      ...binding,
      runs: relayRuns,
      isOn: () => store.content.settings.relayRuns,
      isProduction: (accountId) => accountFor(accountId, store.content.settings).production,
    }),
  };
}
