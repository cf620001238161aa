import { mfaCodeLength } from '../../src-main/contract/limits.ts';
import styles from './code-cells.module.css';

type CodeCellsProps = {
  /** What the field beneath holds. */
  readonly text: string;
  /** What is selected of it, from and to; the same where there is only a caret. */
  readonly selection: readonly [from: number, to: number];
};

/** Draws what the code's field holds, digit by digit. Only a picture: the field itself is what keyboards, pastes and screen readers use. */
export function CodeCells({ text, selection: [from, to] }: CodeCellsProps) {
  // Six digits; an input method may put in characters of other kinds for a moment.
  const shown = Array.from(text);
  const caret = Math.min(from, shown.length, mfaCodeLength - 1);
  const isMarked = (index: number): boolean => (from < to && index >= from && index < to) || index === caret;
  return (
    <span aria-hidden className={styles.cells}>
      {Array.from({ length: mfaCodeLength }, (_, index) => (
        <span key={index} data-marked={isMarked(index) || undefined} data-empty={shown[index] === undefined || undefined} className={styles.cell}>
          {shown[index]}
        </span>
      ))}
    </span>
  );
}
