import { useId, type ComponentProps } from 'react';
import styles from './access-key-form.module.css';

type FieldProps = Omit<ComponentProps<'input'>, 'className' | 'id'> & {
  readonly label: string;
  /** What is wrong with what it holds; null where nothing is. */
  readonly complaint: string | null;
};

/** A field with what is wrong with it below, where the eye is. */
export function Field({ label, complaint, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input autoComplete="off" spellCheck={false} {...input} id={id} aria-invalid={complaint !== null} aria-describedby={`${id}-complaint`} />
      <p id={`${id}-complaint`} role="alert" className={styles.complaint}>
        {complaint}
      </p>
    </div>
  );
}
