import type { ReactNode } from 'react';
import type { Desktop } from '../../src-main/contract/desktop/desktop.ts';
import { useApp } from '../context/app-context.ts';
import controls from '../controls/controls.module.css';
import { Button } from '../parts/button.tsx';
import styles from './about-rows.module.css';

type AboutRowsProps = { readonly desktop: Pick<Desktop, 'versions' | 'unofficialRuntime' | 'dataFolder'> };

/** What runs here, under which licence, where it keeps what is its own, and the way to the report of a problem. */
export function AboutRows({ desktop: { versions, unofficialRuntime, dataFolder } }: AboutRowsProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  return (
    <>
      <Fact label={t('settings.about.version')}>{versions.app}</Fact>
      <Fact label="Electron">{unofficialRuntime === null ? versions.electron : t('settings.about.unofficial', { version: versions.electron })}</Fact>
      <Fact label={t('settings.about.licence')}>Apache License 2.0</Fact>
      <Fact label={t('settings.storedRest')}>{dataFolder}</Fact>
      <div className={controls.fileRow}>
        <p className={`${controls.file} ${controls.hint}`}>{t('settings.reportHint')}</p>
        <Button onClick={() => void api.showReport({})}>{t('report.open')}</Button>
      </div>
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={controls.row}>
      <p>{label}</p>
      <p className={styles.fact}>{children}</p>
    </div>
  );
}
