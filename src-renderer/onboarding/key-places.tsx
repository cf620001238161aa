import { useTexts } from '../context/app-context.ts';
import styles from './access-key-form.module.css';

export type KeyPlace = 'keychain' | 'files';

type KeyPlacesProps = {
  readonly place: KeyPlace;
  readonly choose: (place: KeyPlace) => void;
  readonly hasKeychain: boolean;
};

/** Where the access key is kept. */
export function KeyPlaces({ place, choose, hasKeychain }: KeyPlacesProps) {
  const { t } = useTexts();
  const places = hasKeychain ? (['keychain', 'files'] as const) : (['files'] as const);
  return (
    <fieldset className={styles.places}>
      <legend>{t('firstRun.keepIn')}</legend>
      {places.map((each) => (
        <label key={each} className={styles.place}>
          <input type="radio" name="to" value={each} checked={each === place} onChange={() => choose(each)} />
          <span>{each === 'keychain' ? t('firstRun.inKeychain') : t('firstRun.inFiles')}</span>
        </label>
      ))}
    </fieldset>
  );
}
