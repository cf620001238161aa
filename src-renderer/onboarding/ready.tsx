import { Check, CircleCheck, X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Notice, Profile, UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { copyTextOf } from '../parts/copy-text.ts';
import { readyProfile } from '../state/ready-profile.ts';
import styles from './ready.module.css';
import { terraformLine } from './terraform-line.ts';

type ReadyProps = {
  readonly state: UiState;
  /** Called with the notice of which the button here has said everything. */
  readonly showsNotice: (noticeId: number) => void;
};

/** What comes after the first session: how Terraform gets it. It stays until the user closes it, for good. */
export function Ready({ state, showsNotice }: ReadyProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const profile = readyProfile(state);
  if (profile === null) return null;
  const { session } = profile;
  // AWS counts from when it was asked, a moment before.
  const seconds = 'expiresAt' in session ? Math.round((session.expiresAt - session.issuedAt) / 60_000) * 60 : null;
  return (
    <section aria-label={t('ready.label')} className={styles.ready}>
      <header className={styles.head}>
        <CircleCheck size={16} aria-hidden />
        <h2 aria-live="polite">{seconds === null ? t('ready.heading') : t('ready.headingFor', { duration: texts.duration(seconds) })}</h2>
        <IconButton label={t('ready.close')} onClick={() => void api.closeReady({})}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <ol className={styles.steps}>
        <AnyTerminal key={profile.name} profile={profile} notice={state.notice} showsNotice={showsNotice} />
        <li>
          <span>{t('ready.here')}</span>
          <Button onClick={() => void api.openTerminal({ profile: profile.name })}>{t('ready.openTerminal')}</Button>
        </li>
        <li>
          <span>{t('ready.check')}</span>
          <Button onClick={() => void api.addProject({ profile: profile.name })}>{t('ready.addFolder')}</Button>
        </li>
      </ol>
    </section>
  );
}

type AnyTerminalProps = Pick<ReadyProps, 'showsNotice'> & { readonly profile: Profile; readonly notice: Notice | null };

/** Adds the entry that the line names, where there is none yet, and copies the line once that is there. */
function AnyTerminal({ profile: { name, installedAs }, notice, showsNotice }: AnyTerminalProps) {
  const { api, texts, platform } = useApp();
  const { t } = texts;
  const code = useRef<HTMLElement>(null);
  const [wanted, setWanted] = useState(false);
  const [copied, setCopied] = useState(false);
  /** The entry was asked for here, and its notice, another than the one before, has not come yet. */
  const [asked, setAsked] = useState<{ readonly before: number | null } | null>(null);
  const isThere = installedAs !== null;
  useEffect(() => {
    if (!wanted || !isThere || code.current === null) return;
    setWanted(false);
    setCopied(copyTextOf(code.current));
  }, [wanted, isThere]);
  // Before anything is painted, so that the notice does not even flash.
  const noticeId = notice?.noticeId ?? null;
  const isItsOwn = asked !== null && noticeId !== null && noticeId !== asked.before && notice?.kind === 'profile-installed';
  useLayoutEffect(() => {
    if (!isItsOwn) return;
    showsNotice(noticeId);
    void api.dismissNotice({ noticeId }).then(() => setAsked(null));
  }, [isItsOwn, noticeId, showsNotice, api]);
  const line = terraformLine(installedAs ?? `${name}-sts`, platform);
  if (line === null) return null;
  const press = () => {
    setWanted(true);
    if (isThere) return;
    setAsked({ before: noticeId });
    void api.installProfile({ profile: name });
  };
  return (
    <li className={styles.any} aria-live="polite">
      <span>{t('ready.any')}</span>
      <Button tone="primary" onClick={press} onBlur={() => setCopied(false)}>
        {copied && <Check size={16} aria-hidden />}
        {copied ? t('ready.copied') : isThere ? t('ready.copy') : t('ready.setUp')}
      </Button>
      <code ref={code} className={styles.line}>
        {line}
      </code>
    </li>
  );
}
