import type { AwsFiles } from '../../aws/files/environment.ts';
import { errorSentences, translator } from '../../core/texts/translate.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { AskPerson } from './questions.ts';
import { RelayRuns } from './relay-runs.ts';
import { RelayedHandOffs, type FolderBinding } from './relayed-hand-offs.ts';

type Parts = FolderBinding & {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly files: AwsFiles;
  readonly askPerson: AskPerson | null;
  readonly onBug: (error: unknown) => void;
  readonly now: () => number;
};

/** The relay as the user has set it up. Nothing listens before the first run. */
export function openRelay({ store, files, askPerson, onBug, now, ...binding }: Parts) {
  const relayRuns = new RelayRuns({
    files,
    proxy: () => store.content.settings.proxy,
    sentences: (error) => errorSentences(translator(store.content.language), error),
    onBug,
    ask: askPerson,
    now,
  });
  return { relayRuns, relay: new RelayedHandOffs({ ...binding, runs: relayRuns, isOn: () => store.content.settings.relayRuns }) };
}
