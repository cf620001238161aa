import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect } from 'react';
import type { Notice } from '../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../context/app-context.ts';
import { shellLabel } from '../texts/shells.ts';
import { useCountdown } from '../context/use-clock.ts';
import { waitCountdown } from '../time/countdown.ts';
import { IconButton } from './button.tsx';
import { ErrorText } from './error-text.tsx';
import styles from './notice-bar.module.css';

/**
 * The result of the last command. The status region is there before there is anything to say, because
 * screen readers only announce changes in a region that they know.
 */
export function NoticeBar({ notice }: { readonly notice: Notice | null }) {
  const failure = notice?.kind === 'failed' ? notice : null;
  const success = notice !== null && notice.kind !== 'failed' ? notice : null;
  useDismissByEscape(notice);

  return (
    <footer>
      <div role="status">
        {success !== null && (
          <div className={styles.bar}>
            <CircleCheck size={16} aria-hidden className={styles.mark} />
            <SuccessText notice={success} />
            <Dismiss notice={success} />
          </div>
        )}
      </div>
      {failure !== null && (
        <div role="alert" className={styles.bar}>
          <CircleAlert size={16} aria-hidden className={styles.badMark} />
          <ErrorText error={failure.error} />
          <Dismiss notice={failure} />
        </div>
      )}
    </footer>
  );
}

type Success = Exclude<Notice, { kind: 'failed' }>;

function SuccessText({ notice }: { readonly notice: Success }) {
  const { t } = useTexts();
  return (
    <div className={styles.text}>
      <p>{successSentence()}</p>
      <p className={styles.detail}>
        {notice.profile !== null && <span>{notice.profile}</span>} {notice.kind === 'exports-copied' && <ClipboardCountdown clearsAt={notice.clearsAt} />}
      </p>
      {notice.kind === 'profile-installed' && (
        <p className={styles.use}>
          {t('notice.profileInstalledUse')} <code>{`AWS_PROFILE=${notice.name} terraform plan`}</code>
        </p>
      )}
    </div>
  );

  function successSentence(): string {
    switch (notice.kind) {
      case 'exports-copied':
        return t('notice.exportsCopied', { shell: shellLabel(notice.shell) });
      case 'clipboard-cleared':
        return t('notice.clipboardCleared');
      case 'terminal-opened':
        return t('notice.terminalOpened', { terminal: notice.terminal });
      case 'session-ended':
        return t('notice.sessionEnded');
      case 'revocation-removed':
        return t('notice.revocationRemoved', { arn: notice.arn, policy: notice.policyName });
      case 'console-opened':
        return t('notice.consoleOpened');
      case 'access-key-deleted':
        return t('notice.accessKeyDeleted', { key: notice.accessKeyId });
      case 'profile-installed':
        return t('notice.profileInstalled', { name: notice.name });
      case 'profile-uninstalled':
        return t('notice.profileUninstalled', { name: notice.name });
      case 'keys-brought-over':
        return t('notice.keysBroughtOver', { names: notice.profiles.join(', ') });
      case 'report-saved':
        return t('notice.reportSaved', { file: notice.file });
      case 'access-key-added':
        return notice.to === 'keychain' ? t('notice.accessKeyAddedToKeychain') : t('notice.accessKeyAddedToFile');
      case 'access-key-moved':
        return notice.to === 'keychain' ? t('notice.accessKeyInKeychain') : t('notice.accessKeyInFile');
    }
  }
}

/** Says nothing once the time is over: the next notice says what became of the clipboard. */
function ClipboardCountdown({ clearsAt }: { readonly clearsAt: number }) {
  const { t, duration } = useTexts();
  const seconds = useCountdown(waitCountdown, clearsAt);
  if (seconds === 0) return null;
  return <span aria-live="off">{t('notice.clipboardClears', { duration: duration(seconds) })}</span>;
}

function Dismiss({ notice }: { readonly notice: Notice }) {
  const { api, texts } = useApp();
  return (
    <IconButton label={texts.t('notice.dismiss')} onClick={() => void api.dismissNotice({ noticeId: notice.noticeId })}>
      <X size={16} aria-hidden />
    </IconButton>
  );
}

function useDismissByEscape(notice: Notice | null) {
  const { api } = useApp();
  const noticeId = notice?.noticeId;
  useEffect(() => {
    if (noticeId === undefined) return;
    const onKeyDown = (event: KeyboardEvent) => {
      // An open menu takes the key for itself.
      if (event.key === 'Escape' && !event.defaultPrevented) void api.dismissNotice({ noticeId });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [api, noticeId]);
}
