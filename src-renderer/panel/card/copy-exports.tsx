import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown } from 'lucide-react';
import { exportShells } from '../../../src-main/contract/limits.ts';
import type { ExportShell } from '../../../src-main/contract/settings.ts';
import { useApp } from '../../context/app-context.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { shellLabel } from '../../texts/shells.ts';
import styles from './copy-exports.module.css';
import menu from './menu.module.css';

type CopyExportsProps = { readonly profile: string; readonly exportShell: ExportShell };

/** Copies for the shell chosen in the settings; the menu beside it offers the others. */
export function CopyExports({ profile, exportShell }: CopyExportsProps) {
  const { api, texts } = useApp();
  return (
    <div className={styles.split}>
      <Button
        shortcut="copy"
        aria-label={texts.t('session.ofProfile', { action: texts.t('session.copyExports'), profile })}
        onClick={() => void api.copyExports({ profile })}
      >
        {texts.t('session.copyExports')}
      </Button>
      <Menu.Root modal={false}>
        <Menu.Trigger render={<IconButton label={texts.t('session.ofProfile', { action: texts.t('session.otherShells'), profile })} />}>
          <ChevronDown size={16} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4} collisionPadding={8} className={menu.positioner}>
            <Menu.Popup className={menu.menu}>
              {exportShells.map((shell) => (
                <Menu.Item key={shell} className={menu.item} onClick={() => void api.copyExports({ profile, shell })}>
                  {shellLabel(shell)}
                  {shell === exportShell && <Check size={16} aria-hidden />}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
