import type { ConfigEntry } from '../../core/profiles/config-entry.ts';
import { folderSigns, foundTools } from '../../core/other-tools/other-tools.ts';
import { existingFolders } from '../../files/existing-folders.ts';
import type { AccessKeyVault } from '../../vault/access-key-vault.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content' | 'change'>;
  readonly vault: Pick<AccessKeyVault, 'profiles'>;
  /** The user's. */
  readonly home: string;
};

/** Looks for what the user had before, as long as there has been no session: who has one needs no advice. */
export async function lookForTools(entries: readonly ConfigEntry[], { store, vault, home }: Parts): Promise<void> {
  const { settings, otherTools } = store.content;
  const isNew = settings.recents.length === 0;
  const found = isNew ? foundTools(entries, await existingFolders(home, folderSigns)) : [];
  const kept = vault.profiles();
  const tools = found.map((tool) => ({ ...tool, keysOf: tool.keysOf.filter(({ profile }) => !kept.has(profile)) }));
  if (JSON.stringify(tools) !== JSON.stringify(otherTools)) store.change({ otherTools: tools });
}
