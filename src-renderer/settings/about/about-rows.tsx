import type { ReactNode } from 'react';
import type { UiState } from '../../../src-main/contract/ui-state.ts';
import { useApp } from '../../context/app-context.ts';
import controls from '../../controls/controls.module.css';
import { Button } from '../../parts/button.tsx';
import styles from './about-rows.module.css';
import { UpdateRows } from './update-rows.tsx';

type AboutRowsProps = { readonly state: Pick<UiState, 'desktop' | 'settings' | 'updates'> };

/** What runs here and whether there is something newer, under which licence, where it keeps what is its own, and the ways to the project and to the report of a problem. */
export function AboutRows({ state }: AboutRowsProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const { versions, unofficialRuntime, dataFolder } = state.desktop;
  const { page } = state.updates;
  return (
    <>
      <UpdateRows state={state} />
      <Fact label="Electron">{unofficialRuntime === null ? versions.electron : t('settings.about.unofficial', { version: versions.electron })}</Fact>
      <Fact label={t('settings.about.licence')}>{licence}</Fact>
      <Fact label={t('settings.storedRest')}>{dataFolder}</Fact>
      {page !== null && (
        <div>
          <div className={styles.links}>
            <Link to={page}>{t('settings.about.page')}</Link>
            <Link to={`${page}/tree/HEAD/docs`}>{t('settings.about.documentation')}</Link>
            <Link to={`${page}/issues`}>{t('settings.about.issues')}</Link>
            <Link to={`${page}/blob/HEAD/LICENSE`}>{licence}</Link>
          </div>
        </div>
      )}
      <div className={controls.fileRow}>
        <p className={`${controls.file} ${controls.hint}`}>{t('settings.reportHint')}</p>
        <Button onClick={() => void api.showReport({})}>{t('report.open')}</Button>
      </div>
    </>
  );
}

const licence = 'Apache License 2.0';

/** A page of the project, which opens in the browser. */
function Link({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const { api } = useApp();
  return (
    <Button tone="quiet" title={to} onClick={() => void api.openLink({ url: to })}>
      {children}
    </Button>
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
