import { X } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import type { Desktop } from '../../src-main/contract/desktop/desktop.ts';
import { acceleratorLabel, recorded, type Recorded } from '../../src-main/core/desktop/shortcut/accelerator.ts';
import { useTexts } from '../context/app-context.ts';
import controls from '../controls/controls.module.css';
import { Row } from '../controls/row.tsx';
import { IconButton } from '../parts/button.tsx';
import styles from './shortcut-field.module.css';

type ShortcutFieldProps = {
  readonly value: string;
  readonly desktop: Pick<Desktop, 'platform' | 'isWayland'>;
  readonly change: (accelerator: string) => void;
};

type Refusal = Extract<Recorded, { readonly kind: 'refused' }>['why'];

/** Records the keys that show the panel from everywhere. What is not pressed for it, such as Tab, goes its usual way. */
export function ShortcutField({ value, desktop: { platform, isWayland }, change }: ShortcutFieldProps) {
  const { t } = useTexts();
  const inputId = useId();
  const messageId = useId();
  const [refused, setRefused] = useState<Refusal | null>(null);
  if (isWayland) {
    return (
      <div>
        <p>{t('settings.shortcut.label')}</p>
        <p className={controls.hint}>{t('settings.shortcut.wayland')}</p>
      </div>
    );
  }
  const record = (event: KeyboardEvent): void => {
    const pressed = recorded(event.nativeEvent, platform);
    if (pressed.kind === 'passed') return;
    event.preventDefault();
    setRefused(pressed.kind === 'refused' ? pressed.why : null);
    if (pressed.kind === 'none') change('');
    if (pressed.kind === 'taken') change(pressed.accelerator);
  };
  return (
    <Row label={t('settings.shortcut.label')} hint={t('settings.shortcut.hint')} controlId={inputId}>
      <div className={styles.keys}>
        <input
          id={inputId}
          className={controls.text}
          readOnly
          value={acceleratorLabel(value, platform)}
          placeholder={t('settings.shortcut.none')}
          onKeyDown={record}
          onBlur={() => setRefused(null)}
          aria-invalid={refused !== null}
          aria-describedby={messageId}
        />
        {value !== '' && (
          <IconButton label={t('settings.shortcut.remove')} onClick={() => change('')}>
            <X size={16} aria-hidden />
          </IconButton>
        )}
      </div>
      <p id={messageId} role="alert" className={controls.refusal}>
        {refused !== null && sentence(refused)}
      </p>
    </Row>
  );

  function sentence(why: Refusal): string {
    switch (why) {
      case 'no-modifier':
        return t('settings.shortcut.noModifier', { modifiers: ['Control', 'Alt', 'Meta'].map((key) => acceleratorLabel(key, platform)).join(', ') });
      case 'common':
        return t('settings.shortcut.common');
      case 'key':
        return t('settings.shortcut.key');
    }
  }
}
