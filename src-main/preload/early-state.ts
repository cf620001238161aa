import type { StsTrayApi, UiStateChanges } from '../contract/ipc.ts';

type Source = Pick<StsTrayApi, 'readUiState' | 'onUiState'>;

/**
 * The same source, which is asked for the state at once: the page's scripts are then still on their way, and find the
 * answer there. What changes meanwhile is kept for the first who listens.
 */
export function earlyState(source: Source): Source {
  const changes: UiStateChanges[] = [];
  const unheard = source.onUiState((changed) => void changes.push(changed));
  let first: ReturnType<Source['readUiState']> | null = source.readUiState();
  // Whoever reads it hears of a refusal; a page that is none of the app's is refused and does not read it.
  first.catch(() => undefined);
  return {
    readUiState: () => {
      const read = first ?? source.readUiState();
      first = null;
      return read;
    },
    onUiState: (callback) => {
      unheard();
      for (const changed of changes.splice(0)) callback(changed);
      return source.onUiState(callback);
    },
  };
}
