import { apiFrom, commandNames } from '../../src-main/contract/command-names.ts';
import type { StsTrayApi } from '../../src-main/contract/ipc.ts';

/** The API of a window that nobody answers. */
export const silentApi: StsTrayApi = {
  readUiState: () => new Promise(() => undefined),
  onUiState: () => () => undefined,
  takesKeys: () => undefined,
  contentHeight: () => undefined,
  ...apiFrom(commandNames, () => Promise.resolve()),
};
