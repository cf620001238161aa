import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useEffect, useRef, type RefObject } from 'react';
import type { Sheet } from '../../src-main/contract/sheet.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../context/app-context.ts';
import { IconButton } from '../parts/button.tsx';
import dialog from '../parts/dialog.module.css';
import { NoticeBar } from '../parts/notice-bar.tsx';
import { SheetContents } from './sheet-contents.tsx';
import styles from './parts/sheet.module.css';

/** The open sheet in front of the panel, with the notices that it would otherwise cover. */
export function SheetDialog({ state }: { readonly state: UiState }) {
  const { api } = useApp();
  const popup = useRef<HTMLDivElement>(null);
  const { sheet, notice } = state;
  useKeptFocus(popup, sheet !== null);
  return (
    <Dialog.Root
      open={sheet !== null}
      onOpenChange={(open, { reason }) => {
        if (open) return;
        // Escape dismisses a notice first. The notice's own listener does not get the key here.
        if (reason === 'escape-key' && notice !== null) void api.dismissNotice({ noticeId: notice.noticeId });
        else void api.closeSheet({});
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
      case 'report':
        return t('report.title');
    }
  }
}
