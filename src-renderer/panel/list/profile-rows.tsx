import { memo } from 'react';
import type { Profile, UiState } from '../../../src-main/contract/ui-state.ts';
import { accountOf } from '../../../src-main/core/sessions/accounts.ts';
import { useTexts } from '../../context/app-context.ts';
import { SessionCard } from '../card/session-card.tsx';
import { hasCard, type ProfileGroup } from './panel-order.ts';
import styles from './profile-list.module.css';
import { ProfileRow } from './profile-row.tsx';

/** What stands in a list of profiles: a group's heading, or a profile. */
export type ListItem = { readonly key: string } & ({ readonly group: ProfileGroup['kind'] } | { readonly profile: Profile });

/** The items of groups. `headed`: each group has a heading. */
export function itemsOf(groups: readonly ProfileGroup[], headed: boolean): readonly ListItem[] {
  return groups.flatMap(({ kind, profiles }) => [
    // No profile's name holds a line break, and thousands of keys are not to be put together.
    ...(headed ? [{ key: `\n${kind}`, group: kind }] : []),
    ...profiles.map((profile) => ({ key: profile.name, profile })),
  ]);
}

type ListItemProps = {
  readonly item: ListItem;
  readonly state: UiState;
  /** Whether the rows are under headings of groups. */
  readonly headed: boolean;
  /** The name of the profile that Enter in the search field acts on. */
  readonly best: string | null;
};

/** Drawn again only for another state: the list itself is drawn several times before rows have their place. */
export const ListItemView = memo(function ListItemView({ item, state, headed, best }: ListItemProps) {
  const { t } = useTexts();
  if ('group' in item) return <h2 className={styles.group}>{heading(item.group)}</h2>;
  const { profile } = item;
  if (hasCard(profile)) return <SessionCard profile={profile} state={state} place="found" best={best === profile.name} />;
  const accountId = accountOf(profile, state.settings);
  return (
    <ProfileRow
      profile={profile}
      account={accountId === null ? null : (state.accounts[accountId] ?? null)}
      favourite={state.settings.favourites.includes(profile.name)}
      heading={headed ? 'h3' : 'h2'}
      best={best === profile.name}
      only={state.profiles.length === 1}
    />
  );

  function heading(kind: ProfileGroup['kind']): string {
    switch (kind) {
      case 'favourites':
        return t('list.favourites');
      case 'recents':
        return t('list.recents');
      case 'others':
        return t('list.others');
    }
  }
});

/** The few profiles that come before the projects. */
export function FirstProfiles({ groups, state, headed }: { readonly groups: readonly ProfileGroup[]; readonly state: UiState; readonly headed: boolean }) {
  const { t } = useTexts();
  if (groups.length === 0) return null;
  return (
    <section aria-label={t('panel.startable')} className={styles.list}>
      {itemsOf(groups, headed).map((item) => (
        <div key={item.key} className={styles.line}>
          <ListItemView item={item} state={state} headed={headed} best={null} />
        </div>
      ))}
    </section>
  );
}
