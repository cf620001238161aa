import type { ComponentProps } from 'react';
import styles from './button.module.css';

/** `primary` is the one thing to do next, `quiet` an action that should not draw the eye. */
export type ButtonTone = 'primary' | 'plain' | 'quiet';

type ButtonProps = Omit<ComponentProps<'button'>, 'className'> & { readonly tone?: ButtonTone };

export function Button({ tone = 'plain', type = 'button', ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={`${styles.button} ${styles[tone]}`} />;
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'className' | 'aria-label' | 'title'> & {
  /** The accessible name, shown when the pointer rests on the button. */
  readonly label: string;
};

export function IconButton({ label, ...rest }: IconButtonProps) {
  return <button {...rest} type="button" aria-label={label} title={label} className={`${styles.button} ${styles.icon}`} />;
}
