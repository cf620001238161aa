import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { Profile, UiState } from '../../../src-main/contract/ui-state.ts';
import { useTexts } from '../../context/app-context.ts';
import { accountOf } from '../../../src-main/core/sessions/accounts.ts';
import type { ProfileGroup } from './panel-order.ts';
import styles from './profile-list.module.css';
import { ProfileRow } from './profile-row.tsx';

type ProfileListProps = {
  readonly groups: readonly ProfileGroup[];
  readonly state: UiState;
  /** The element that scrolls; it also holds the cards above the list. */
  readonly scroller: RefObject<HTMLElement | null>;
  /** What is above the list; the list moves when its height changes. */
  readonly above: RefObject<HTMLElement | null>;
};

type Item = { readonly key: string } & ({ readonly group: ProfileGroup['kind'] } | { readonly profile: Profile });

/** The height that is assumed, in pixels, before a row has been measured: two lines and their spacing. */
const rowHeight = 57;

/** All profiles without a session. Only the rows in view are rendered, so thousands cost as much as twenty. */
export function ProfileList({ groups, state, scroller, above }: ProfileListProps) {
  const { t } = useTexts();
  const list = useRef<HTMLDivElement>(null);
  const offset = useOffset(list, above);
  const items = itemsOf(groups);
  // oxlint-disable-next-line react/incompatible-library -- what it returns changes in place, and nothing here is memoised by it
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => items[index]?.key ?? index,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollMargin: offset,
    // For the first paint, before the window's size is known.
    initialRect: { width: 400, height: 1200 },
  });

  return (
    <section aria-label={t('list.otherProfiles')} className={styles.list}>
      <div ref={list} role="presentation" className={styles.rows} style={{ blockSize: virtual.getTotalSize() }} onKeyDown={moveBetweenRows}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <div key={key} ref={virtual.measureElement} data-index={index} className={styles.item} style={{ transform: `translateY(${start - offset}px)` }}>
              {'group' in item ? <h2 className={styles.group}>{heading(item.group)}</h2> : row(item.profile)}
            </div>
          );
        })}
      </div>
    </section>
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

  function row(profile: Profile) {
    const accountId = accountOf(profile, state.settings);
    const account = accountId === null ? null : (state.accounts[accountId] ?? null);
    return (
      <ProfileRow profile={profile} account={account} favourite={state.settings.favourites.includes(profile.name)} heading={groups.length > 1 ? 'h3' : 'h2'} />
    );
  }
}

/** How far the list is from the top of the scrolling element, in pixels. It changes when cards come and go, and when lines wrap. */
function useOffset(list: RefObject<HTMLElement | null>, above: RefObject<HTMLElement | null>): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    if (above.current === null) return;
    const look = () => setOffset(list.current?.offsetTop ?? 0);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(above.current);
    return () => observer.disconnect();
  }, [list, above]);
  return offset;
}

/** A heading is only needed when there is more than one group. */
function itemsOf(groups: readonly ProfileGroup[]): readonly Item[] {
  return groups.flatMap(({ kind, profiles }) => [
    ...(groups.length > 1 ? [{ key: `group ${kind}`, group: kind }] : []),
    ...profiles.map((profile) => ({ key: `profile ${profile.name}`, profile })),
  ]);
}

/** The arrow keys go to the same button of the next row; the browser scrolls it into view. */
function moveBetweenRows(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLElement)) return;
  const actions = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-action]')];
  const index = actions.findIndex((action) => action.closest('article')?.contains(event.target as Node));
  const next = actions[index + step];
  if (index < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
