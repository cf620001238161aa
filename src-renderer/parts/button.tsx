import type { ComponentProps, MouseEvent } from 'react';
import { useApp, type AppServices } from '../context/app-context.ts';
import { ariaKeys, keyLabel, type ShortcutId } from '../shortcuts/shortcuts.ts';
import styles from './button.module.css';

/** `primary` is the one thing to do next, `danger` what cannot be undone, `quiet` an action that should not draw the eye. */
export type ButtonTone = 'primary' | 'danger' | 'plain' | 'quiet';

/** The key that presses the button, named in its tooltip and to screen readers. */
type WithShortcut = { readonly shortcut?: ShortcutId };

type ButtonProps = Omit<ComponentProps<'button'>, 'className'> &
  WithShortcut & {
    readonly tone?: ButtonTone;
    /** The button's action is still running. It does nothing now, but keeps the focus, which a disabled button would lose. */
    readonly busy?: boolean;
  };

export function Button({ tone = 'plain', type = 'button', shortcut, busy = false, ...rest }: ButtonProps) {
  const { platform } = useApp();
  const keys = shortcut === undefined ? {} : { title: keyLabel(shortcut, platform), ...shortcutAttributes(shortcut, platform) };
  const whileBusy = busy ? { 'aria-disabled': true, onClick: (event: MouseEvent) => event.preventDefault() } : {};
  return <button {...keys} {...rest} {...whileBusy} type={type} className={`${styles.button} ${styles[tone]}`} />;
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'className' | 'aria-label' | 'title'> & {
  /** The accessible name, shown when the pointer rests on the button. */
  readonly label: string;
} & WithShortcut;

export function IconButton({ label, shortcut, ...rest }: IconButtonProps) {
  const { platform } = useApp();
  const keys = shortcut === undefined ? {} : shortcutAttributes(shortcut, platform);
  const title = shortcut === undefined ? label : `${label} (${keyLabel(shortcut, platform)})`;
  return <button {...keys} {...rest} type="button" aria-label={label} title={title} className={`${styles.button} ${styles.icon}`} />;
}

function shortcutAttributes(shortcut: ShortcutId, platform: AppServices['platform']) {
  return { 'data-shortcut': shortcut, 'aria-keyshortcuts': ariaKeys(shortcut, platform) };
}
