import type { UiState } from '../../contract/ui-state.ts';
import type { NewVersion } from '../../contract/desktop/updates.ts';

/** The newer version that panel and tray tell of: only where the user wants to hear of them, and has not closed this one. */
export function toldVersion({ settings, updates }: Pick<UiState, 'settings' | 'updates'>): NewVersion | null {
  const { newer } = updates;
  return settings.tellUpdates && newer !== null && newer.version !== settings.updates.closed ? newer : null;
}
