import type { CommandHandlers } from '../../contract/ipc.ts';
import type { SettingsManager } from './settings-manager.ts';
import type { Sheets } from './sheets.ts';
import type { UiStateStore } from './ui-state-store.ts';

/** A sheet that is shown in parts. */
type Paged = { readonly showMore: () => Promise<void> };

type Parts = {
  readonly store: UiStateStore;
  readonly settings: SettingsManager;
  readonly sheets: Sheets;
  readonly history: Paged;
  readonly activities: Paged;
};

/** What the windows ask of the state that belongs to no other feature: settings, marks, notices, sheets. */
export function stateCommands({ store, settings, sheets, history, activities }: Parts) {
  return {
    changeSettings: (request) => settings.change(request),
    pinPanel: (request) => settings.pinPanel(request),
    closeReady: () => settings.closeReady(),
    setFavourite: (request) => settings.setFavourite(request),
    setAccount: (request) => settings.setAccount(request),
    dismissNotice: ({ noticeId }) => store.dismissNotice(noticeId),
    showMore: () => (sheets.shown?.kind === 'history' ? history : activities).showMore(),
    closeSheet: () => sheets.close(),
  } satisfies Partial<CommandHandlers>;
}
