import { useState } from 'react';
import type { Settings } from '../../../src-main/contract/settings.ts';
import type { PortalAccountsStep } from '../../../src-main/contract/sign-in.ts';
import { useApp } from '../../context/app-context.ts';
import { useToday } from '../../context/use-clock.ts';
import { Button } from '../../parts/button.tsx';
import { Asking, Failed, Failure } from '../parts/sheet-steps.tsx';
import sheet from '../parts/sheet.module.css';
import { AccountList } from './account-list.tsx';
import type { ChosenRole } from './portal-search.ts';
import { ProfilesPreviewText } from './profiles-preview.tsx';

type PortalAccountsProps = {
  readonly step: PortalAccountsStep;
  /** In front of the names of roles, where there are several portals. */
  readonly prefix: string;
  /** What the user chose for each account. */
  readonly known: Pick<Settings, 'accounts' | 'accountColors'>;
};

/** The accounts and roles that an access portal gives: to start a session of one, or to write profiles of some. */
export function PortalAccountsSheet({ step, prefix, known }: PortalAccountsProps) {
  const { api, texts } = useApp();
  const [chosen, setChosen] = useState<readonly ChosenRole[]>([]);
  switch (step.kind) {
    case 'asking':
      return <Asking what={texts.t('portal.asking')} />;
    case 'failed':
      return <Failed error={step.error} again={() => void api.refreshPortalAccounts({})} />;
    case 'shown':
      return step.preview === null ? (
        <Accounts step={step} prefix={prefix} known={known} chosen={chosen} choose={setChosen} />
      ) : (
        <ProfilesPreviewText preview={step.preview} onBack={() => void api.previewProfiles({ chosen: [] })} />
      );
  }
}

type AccountsProps = Pick<PortalAccountsProps, 'prefix' | 'known'> & {
  readonly step: Extract<PortalAccountsStep, { kind: 'shown' }>;
  readonly chosen: readonly ChosenRole[];
  readonly choose: (chosen: readonly ChosenRole[]) => void;
};

function Accounts({ step: { accounts, at, asking, error }, prefix, known, chosen, choose }: AccountsProps) {
  const { api, texts } = useApp();
  const { t, number } = texts;
  return (
    <>
      {error !== null && <Failure error={error} />}
      {accounts.length === 0 && !asking ? (
        <p>{t('portal.none')}</p>
      ) : (
        <AccountList accounts={accounts} prefix={prefix} known={known} chosen={chosen} choose={choose} />
      )}
      <div className={sheet.actions}>
        <Button busy={asking} onClick={() => void api.refreshPortalAccounts({})}>
          {error === null ? t('portal.refresh') : t('sheet.tryAgain')}
        </Button>
        {asking ? <Asking what={t('portal.more')} /> : at !== null && <Updated at={at} />}
      </div>
      {chosen.length > 0 && (
        <div className={sheet.lastActions}>
          <Button tone="primary" onClick={() => void api.previewProfiles({ chosen: [...chosen] })}>
            {t('portal.write')}
          </Button>
          <span role="status">{t('portal.chosen', { number: number(chosen.length) })}</span>
        </div>
      )}
    </>
  );
}

function Updated({ at }: { readonly at: number }) {
  const { t, moment } = useApp().texts;
  return <span className={sheet.hint}>{t('portal.updated', { time: moment(at, useToday()) })}</span>;
}
