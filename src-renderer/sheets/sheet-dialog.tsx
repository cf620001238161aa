import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Sheet } from '../../src-main/contract/sheet.ts';
import type { Notice, UiState } from '../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../context/app-context.ts';
import { IconButton } from '../parts/button.tsx';
import dialog from '../parts/dialog.module.css';
import { NoticeBar } from '../parts/notice-bar.tsx';
import { SheetContents } from './sheet-contents.tsx';
import styles from './parts/sheet.module.css';

/** The open sheet in front of the panel, with the notices that come while it is open. */
export function SheetDialog({ state }: { readonly state: UiState }) {
  const { api } = useApp();
  const popup = useRef<HTMLDivElement>(null);
  const { sheet } = state;
  const notice = useNewNotice(state);
  useKeptFocus(popup, sheet !== null);
  return (
    <Dialog.Root
      open={sheet !== null}
      onOpenChange={(open) => {
        if (!open) void api.closeSheet({});
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        {/* By default the focus would go to the first button, which closes the sheet. */}
        <Dialog.Popup
          ref={popup}
          className={styles.sheet}
          initialFocus={() => popup.current?.querySelector<HTMLElement>('input[type=search]') ?? popup.current}
        >
          {sheet !== null && (
            <>
              <Header sheet={sheet} />
              <div className={styles.content}>
                <SheetContents sheet={sheet} state={state} />
              </div>
              <NoticeBar notice={notice} />
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What came before the sheet was told in the panel, and is not repeated here. */
function useNewNotice({ sheet, notice }: UiState): Notice | null {
  const [before, setBefore] = useState<{ readonly isOpen: boolean; readonly noticeId: number | null }>({ isOpen: false, noticeId: null });
  const isOpen = sheet !== null;
  if (before.isOpen === isOpen) return notice?.noticeId === before.noticeId ? null : notice;
  setBefore({ isOpen, noticeId: isOpen ? (notice?.noticeId ?? null) : null });
  return null;
}

/** When the focused button goes away with its step or its notice, nothing has the focus: then the sheet takes it. */
function useKeptFocus(popup: RefObject<HTMLElement | null>, open: boolean): void {
  const wasOpen = useRef(false);
  useEffect(() => {
    // When a sheet opens, the dialog decides what gets the focus.
    if (wasOpen.current && open && document.activeElement === document.body) popup.current?.focus();
    wasOpen.current = open;
  });
}

function Header({ sheet }: { readonly sheet: Sheet }) {
  const { t } = useTexts();
  return (
    <div className={styles.header}>
      <Dialog.Title className={styles.title}>{title()}</Dialog.Title>
      <Dialog.Close render={<IconButton label={t('sheet.close')} />}>
        <X size={16} aria-hidden />
      </Dialog.Close>
    </div>
  );

  function title(): string {
    switch (sheet.kind) {
      case 'history':
        return t('history.title');
      case 'activity':
        return t('activity.title', { profile: sheet.profile });
      case 'revocation':
        return t('revocation.title', { profile: sheet.profile });
      case 'access-keys':
        return t('accessKeys.title', { profile: sheet.profile });
      case 'portal-accounts':
        return t('portal.title', { name: sheet.name });
      case 'report':
        return t('report.title');
    }
  }
}
