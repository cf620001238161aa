import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { UiState } from '../../../src-main/contract/ui-state.ts';
import { useTexts } from '../../context/app-context.ts';
import type { ProfileGroup } from './panel-order.ts';
import styles from './profile-list.module.css';
import { itemsOf, ListItemView } from './profile-rows.tsx';

type ProfileListProps = {
  readonly groups: readonly ProfileGroup[];
  readonly headed: boolean;
  readonly state: UiState;
  /** The name of the profile that Enter in the search field acts on. */
  readonly best: string | null;
  /** The element that scrolls; it also holds what is above the list. */
  readonly scroller: RefObject<HTMLElement | null>;
  /** What is above the list; the list moves when its height changes. */
  readonly above: RefObject<HTMLElement | null>;
};

/** The height that is assumed, in pixels, before a row has been measured: two lines and their spacing. */
const rowHeight = 63;

/** All profiles that are not shown above, or that were found. Only the rows in view are rendered, so thousands cost as much as twenty. */
export function ProfileList({ groups, headed, state, best, scroller, above }: ProfileListProps) {
  const { t } = useTexts();
  const list = useRef<HTMLDivElement>(null);
  const offset = useOffset(list, above);
  const items = useMemo(() => itemsOf(groups, headed), [groups, headed]);
  // With a new one the places of all rows would be added up again for each drawing.
  const getItemKey = useCallback((index: number) => items[index]?.key ?? index, [items]);
  // oxlint-disable-next-line react/incompatible-library -- what it returns changes in place, and nothing here is memoised by it
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollMargin: offset,
    // What is drawn before the window's size is known, which is so before the first paint: hardly more than will be seen.
    initialRect: { width: 400, height: rowHeight },
  });

  return (
    <section aria-label={t('list.otherProfiles')} className={styles.list}>
      <div ref={list} role="presentation" className={styles.rows} style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={`${styles.item} ${styles.line}`}
              style={{ transform: `translateY(${start - offset}px)` }}
            >
              <ListItemView item={item} state={state} headed={headed} best={best} />
            </div>
          );
        })}
      </div>
    </section>
  );
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
