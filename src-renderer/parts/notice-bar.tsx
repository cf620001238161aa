import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect, useRef, useState, type FocusEvent, type ReactNode } from 'react';
import type { Notice } from '../../src-main/contract/ui-state.ts';
import { folderName } from '../../src-main/core/folder-name.ts';
import { useApp, useTexts } from '../context/app-context.ts';
import { shellLabel } from '../texts/shells.ts';
import { useCountdown } from '../context/use-clock.ts';
import { waitCountdown } from '../time/countdown.ts';
import { IconButton } from './button.tsx';
import { CopyIcon } from './copy-icon.tsx';
import { ErrorText } from './error-text.tsx';
import styles from './notice-bar.module.css';
import { terraformLine } from './terraform-line.ts';

/** How long the result of a command that worked is shown, in milliseconds. */
const shownMs = 5_000;
/** The same with something to do in it. */
const shownToUseMs = 10_000;

type NoticeBarProps = {
  readonly notice: Notice | null;
  /** What can be done about what a command did. */
  readonly action?: ((notice: Notice) => ReactNode) | undefined;
};

/**
 * The result of the last command, in front of the end of the window, of which it takes no room. What worked leaves
 * by itself, unless the pointer or the focus is on it; a failure stays until it is closed. The status region is there
 * before there is anything to say, because screen readers only announce changes in a region that they know.
 */
export function NoticeBar({ notice, action }: NoticeBarProps) {
  const failure = notice?.kind === 'failed' ? notice : null;
  const success = notice !== null && notice.kind !== 'failed' ? notice : null;
  useDismissByEscape(notice);

  return (
    <footer className={styles.place}>
      <div role="status">{success !== null && <SuccessToast key={success.noticeId} notice={success} action={action} />}</div>
      {failure !== null && (
        <div key={failure.noticeId} role="alert" className={styles.toast}>
          <CircleAlert size={16} aria-hidden className={styles.badMark} />
          <ErrorText error={failure.error} />
          <Dismiss notice={failure} />
        </div>
      )}
    </footer>
  );
}

type Success = Exclude<Notice, { kind: 'failed' }>;

function SuccessToast({ notice, action }: NoticeBarProps & { readonly notice: Success }) {
  const held = useLeavesByItself(notice);
  return (
    <div className={styles.toast} {...held}>
      <CircleCheck size={16} aria-hidden className={styles.mark} />
      <SuccessText notice={notice} />
      {action?.(notice)}
      <Dismiss notice={notice} />
    </div>
  );
}

/** Dismisses the notice after its time, which begins anew when pointer and focus have left it. Returns the listeners for what shows it. */
function useLeavesByItself({ noticeId, kind }: Success) {
  const { api } = useApp();
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const isHeld = pointed || focused;
  useEffect(() => {
    if (isHeld) return undefined;
    const toUse = kind === 'profile-installed' || kind === 'project-removed';
    const timer = setTimeout(() => void api.dismissNotice({ noticeId }), toUse ? shownToUseMs : shownMs);
    return () => clearTimeout(timer);
  }, [api, noticeId, kind, isHeld]);
  return {
    onPointerEnter: () => setPointed(true),
    onPointerLeave: () => setPointed(false),
    onFocus: () => setFocused(true),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => setFocused(currentTarget.contains(relatedTarget)),
  };
}

function SuccessText({ notice }: { readonly notice: Success }) {
  const { texts, platform } = useApp();
  const { t } = texts;
  return (
    <div className={styles.text}>
      <p>{successSentence()}</p>
      <p className={styles.detail}>
        {notice.profile !== null && <span>{notice.profile}</span>} {'clearsAt' in notice && <ClipboardCountdown clearsAt={notice.clearsAt} />}
      </p>
      {notice.kind === 'profile-installed' && (
        <p className={styles.use}>
          {t('notice.profileInstalledUse')} <Command text={terraformLine(notice.name, platform)} />
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
      case 'project-removed':
        return t('notice.projectRemoved', { name: folderName(notice.folder) });
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
      case 'signed-in':
        return t('notice.signedIn', { name: notice.name });
      case 'signed-out':
        return t('notice.signedOut', { name: notice.name });
      case 'sign-in-address-copied':
        return t('notice.signInAddressCopied', { name: notice.name });
      case 'report-saved':
        return t('notice.reportSaved', { file: texts.path(notice.file) });
      case 'access-key-added':
        return notice.to === 'keychain' ? t('notice.accessKeyAddedToKeychain') : t('notice.accessKeyAddedToFile');
      case 'access-key-moved':
        return notice.to === 'keychain' ? t('notice.accessKeyInKeychain') : t('notice.accessKeyInFile');
    }
  }
}

function Command({ text }: { readonly text: string }) {
  const { t } = useTexts();
  return (
    <span className={styles.command}>
      <code>{text}</code>
      <CopyIcon text={text} label={t('notice.copyLine')} copiedLabel={t('notice.lineCopied')} />
    </span>
  );
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
  // Where the focus came from, and goes back to.
  const before = useRef<Element | null>(null);
  const dismiss = () => {
    if (before.current instanceof HTMLElement) before.current.focus();
    void api.dismissNotice({ noticeId: notice.noticeId });
  };
  return (
    <IconButton label={texts.t('notice.dismiss')} onFocus={({ relatedTarget }) => (before.current = relatedTarget)} onClick={dismiss}>
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
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      void api.dismissNotice({ noticeId });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [api, noticeId]);
}
