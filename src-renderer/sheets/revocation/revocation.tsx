import { CircleCheck } from 'lucide-react';
import type { AppError } from '../../../src-main/contract/app-error.ts';
import type { RevocationPreview, RevocationStep } from '../../../src-main/contract/sheet.ts';
import type { Account } from '../../../src-main/contract/ui-state.ts';
import { useApp } from '../../context/app-context.ts';
import { Button } from '../../parts/button.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { useToday } from '../../context/use-clock.ts';
import { Consequences, NotCovered, Policy, Principal } from './revocation-preview.tsx';
import { Asking, Failed, Failure, Outcome } from '../parts/sheet-steps.tsx';
import sheet from '../parts/sheet.module.css';

type RevocationSheetProps = { readonly profile: string; readonly step: RevocationStep; readonly accounts: Readonly<Record<string, Account>> };

/** Denies every session of a user or role that was issued before now, after showing what that means. */
export function RevocationSheet({ profile, step, accounts }: RevocationSheetProps) {
  const { api, texts } = useApp();
  return (
    <>
      <Outcome>
        {step.kind === 'revoked' && (
          <p className={sheet.done}>
            <CircleCheck size={16} aria-hidden />
            <span>{texts.t('revocation.done')}</span>
          </p>
        )}
      </Outcome>
      {contents()}
    </>
  );

  function contents() {
    switch (step.kind) {
      case 'asking':
        return <Asking what={texts.t('sheet.asking')} />;
      case 'failed':
        return <Failed error={step.error} again={() => void api.previewRevocation({ profile })} />;
      case 'preview':
      case 'revoking':
        return <Preview profile={profile} preview={step.preview} account={accountOf(step.preview)} revoking={step.kind === 'revoking'} />;
      case 'revoked':
        return <Revoked profile={profile} preview={step.preview} account={accountOf(step.preview)} />;
      case 'refused':
        return <Refused preview={step.preview} error={step.error} account={accountOf(step.preview)} />;
    }
  }

  function accountOf({ principal }: RevocationPreview): Account | null {
    return accounts[principal.accountId] ?? null;
  }
}

type PreviewProps = { readonly profile: string; readonly preview: RevocationPreview; readonly account: Account | null };

function Preview({ profile, preview, account, revoking }: PreviewProps & { readonly revoking: boolean }) {
  const { api, texts } = useApp();
  const { t } = texts;
  return (
    <>
      <Principal preview={preview} account={account} />
      <Consequences preview={preview} />
      <Policy preview={preview} />
      <div className={sheet.lastActions}>
        <span role="status">{revoking && t('revocation.revoking')}</span>
        {!revoking && <Button onClick={() => void api.closeSheet({})}>{t('revocation.cancel')}</Button>}
        <Button tone="danger" busy={revoking} onClick={() => void api.revoke({ profile })}>
          {revoking && <Spinner />}
          {t('revocation.revoke')}
        </Button>
      </div>
    </>
  );
}

function Revoked({ profile, preview, account }: PreviewProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const time = texts.moment(Date.parse(preview.neededUntil), useToday());
  const start = () => {
    void api.closeSheet({});
    void api.requestSession({ profile });
  };
  return (
    <>
      <Principal preview={preview} account={account} />
      <p>{t('revocation.stays', { policy: preview.policyName, time })}</p>
      <NotCovered preview={preview} />
      <div className={sheet.actions}>
        <Button tone="primary" onClick={start}>
          {t('revocation.startNew')}
        </Button>
      </div>
    </>
  );
}

type RefusedProps = Omit<PreviewProps, 'profile'> & { readonly error: AppError };

/** The user may not write the policy: it is shown ready to hand to an administrator. */
function Refused({ preview, error, account }: RefusedProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const { consoleUrl, policyName: policy, principal } = preview;
  return (
    <>
      <Failure error={error} />
      <Principal preview={preview} account={account} />
      <p>{principal.kind === 'user' ? t('revocation.handOverUser', { policy }) : t('revocation.handOverRole', { policy })}</p>
      <Policy preview={preview}>
        {consoleUrl !== null && <Button onClick={() => void api.openLink({ url: consoleUrl })}>{t('revocation.openConsole')}</Button>}
      </Policy>
    </>
  );
}
