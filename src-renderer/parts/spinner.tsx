import { LoaderCircle } from 'lucide-react';
import styles from './spinner.module.css';

export function Spinner() {
  return <LoaderCircle size={16} aria-hidden className={styles.spinner} />;
}
