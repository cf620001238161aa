import { useState } from 'react';
import type { Activity, ActivityStep } from '../../../src-main/contract/sheet.ts';
import type { Account } from '../../../src-main/contract/ui-state.ts';
import type { AppError } from '../../../src-main/contract/app-error.ts';
import { useApp, useTexts } from '../../context/app-context.ts';
import { AccessKeyId } from '../../parts/access-key-id.tsx';
import { SwitchField } from '../../controls/switch-field.tsx';
import { ActivityEvents } from './activity-events.tsx';
import { arnParts, Breakable } from '../parts/breakable.tsx';
import { byDay } from '../parts/by-day.ts';
import { Days, DaySection } from '../parts/days.tsx';
import { Asking, Failed, ShowMore } from '../parts/sheet-steps.tsx';
import sheet from '../parts/sheet.module.css';

type Accounts = Readonly<Record<string, Account>>;
type ActivitySheetProps = { readonly profile: string; readonly accessKeyId: string | null; readonly step: ActivityStep; readonly accounts: Accounts };

/** What CloudTrail has recorded of a session. */
export function ActivitySheet({ profile, accessKeyId, step, accounts }: ActivitySheetProps) {
  const { api, texts } = useApp();
  switch (step.kind) {
    case 'asking':
      return <Asking what={texts.t('activity.asking')} />;
    case 'failed':
      return <Failed error={step.error} again={() => void api.showActivity({ profile, ...(accessKeyId === null ? {} : { accessKeyId }) })} />;
    case 'shown':
      return <Shown activity={step.activity} asking={step.asking} error={step.error} accounts={accounts} />;
  }
}

type ShownProps = { readonly activity: Activity; readonly asking: boolean; readonly error: AppError | null; readonly accounts: Accounts };

function Shown({ activity, asking, error, accounts }: ShownProps) {
  const { t } = useTexts();
  const [onlyChanges, setOnlyChanges] = useState(false);
  const { accessKeyId, arn, regions, events, more } = activity;
  const shown = onlyChanges ? events.filter(({ readOnly }) => !readOnly) : events;
  return (
    <>
      <dl className={sheet.facts}>
        <dt>{t('activity.calls')}</dt>
        <dd>
          <Breakable text={arn} at={arnParts} />
        </dd>
        <dt>{t('sheet.accessKey')}</dt>
        <dd>
          <AccessKeyId accessKeyId={accessKeyId} />
        </dd>
        <dt>{t('activity.regions')}</dt>
        <dd>{regions.join(', ')}</dd>
      </dl>
      {events.length === 0 ? (
        <p>{t('activity.empty')}</p>
      ) : (
        <SwitchField label={t('activity.onlyChanges')} hint={t('activity.late')} value={onlyChanges} change={setOnlyChanges} />
      )}
      {events.length > 0 && shown.length === 0 && <p className={sheet.quiet}>{t('activity.noChanges')}</p>}
      <Days>
        {byDay(shown).map(({ day, entries }) => (
          <DaySection key={day} start={day}>
            <ActivityEvents events={entries} accounts={accounts} showRegion={regions.length > 1} />
          </DaySection>
        ))}
      </Days>
      {(more || error !== null || asking) && <ShowMore asking={asking} error={error} />}
    </>
  );
}
