import { Dialog } from '@base-ui/react/dialog';
import { Keyboard } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useApp } from '../context/app-context.ts';
import { Button, IconButton } from '../parts/button.tsx';
import dialog from '../parts/dialog.module.css';
import styles from './shortcut-sheet.module.css';
import { keyLabel, shortcutIds, withModifier, type ShortcutId } from '../shortcuts/shortcuts.ts';
import type { ProfileShortcut } from '../shortcuts/shortcut-target.ts';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';

function Key({ name, labels }: { readonly name: string; readonly labels: readonly string[] }) {
  return (
    <div className={styles.key}>
      <dt>{name}</dt>
      <dd className={styles.labels}>
        {labels.map((label) => (
          <kbd key={label}>{label}</kbd>
        ))}
      </dd>
    </div>
  );
}

/** The button that opens the sheet of all shortcuts. The shortcuts work as long as it is rendered; `act` does those of profiles. */
export function Shortcuts({ act }: { readonly act: (id: ProfileShortcut) => void }) {
  const { platform, texts } = useApp();
  const { t } = texts;
  const [open, setOpen] = useState(false);
  useShortcuts(
    useCallback(() => setOpen(true), []),
    act,
  );

  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger render={<IconButton label={t('shortcuts.title')} shortcut="sheet" />}>
        <Keyboard size={16} aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={dialog.dialog}>
          <Dialog.Title className={dialog.title}>{t('shortcuts.title')}</Dialog.Title>
          <dl className={styles.keys}>
            {shortcutIds.map((id) => (
              <Key key={id} name={nameOf(id)} labels={[keyLabel(id, platform)]} />
            ))}
            <Key name={t('shortcuts.zoom')} labels={['+', '-', '0'].map((key) => withModifier(key, platform))} />
            <Key name={t('shortcuts.close')} labels={[withModifier('W', platform)]} />
          </dl>
          <p className={dialog.hint}>{t('shortcuts.hint')}</p>
          <div className={dialog.buttons}>
            <Dialog.Close render={<Button tone="primary" />}>{t('account.done')}</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );

  function nameOf(id: ShortcutId): string {
    switch (id) {
      case 'copy':
        return t('session.copyExports');
      case 'terminal':
        return t('session.openTerminal');
      case 'renew':
        return t('shortcuts.renew');
      case 'end':
        return t('session.end');
      case 'find':
        return t('list.find');
      case 'history':
        return t('history.title');
      case 'settings':
        return t('panel.settings');
      case 'sheet':
        return t('shortcuts.title');
    }
  }
}
