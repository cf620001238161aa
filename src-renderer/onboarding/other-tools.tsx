import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { FoundTool, UiState } from '../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';
import dialog from '../parts/dialog.module.css';
import styles from './other-tools.module.css';

/** What works here of the tools that the user had before, until there has been a session. Renders nothing where there was none. */
export function OtherTools({ state }: { readonly state: UiState }) {
  const { t } = useTexts();
  if (state.otherTools.length === 0) return null;
  return (
    <section aria-label={t('otherTools.heading')} className={styles.tools}>
      <h2 className={styles.heading}>{t('otherTools.heading')}</h2>
      {state.otherTools.map((found) => (
        <div key={found.tool} className={styles.tool}>
          <p>{sentence(found)}</p>
          {found.keysOf.length > 0 && <KeysToBring keys={found.keysOf} noticeId={state.notice?.noticeId ?? 0} />}
        </div>
      ))}
    </section>
  );

  function sentence({ tool, keysOf }: FoundTool): string {
    switch (tool) {
      case 'aws-vault':
        return keysOf.length > 0 ? t('otherTools.awsVault') : t('otherTools.awsVaultNoKeys');
      case 'leapp':
        return t('otherTools.leapp');
      case 'granted':
        return t('otherTools.granted');
      case 'awsume':
        return t('otherTools.awsume');
      case 'aws-sso-cli':
        return t('otherTools.awsSsoCli');
    }
  }
}

type KeysToBringProps = {
  readonly keys: FoundTool['keysOf'];
  /** Of the last notice: the outcome comes as a newer one. */
  readonly noticeId: number;
};

function KeysToBring({ keys, noticeId }: KeysToBringProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const profiles = keys.map(({ profile }) => profile);
  const [open, setOpen] = useState(false);
  const [askedAt, setAskedAt] = useState<number | null>(null);
  if (askedAt !== null && noticeId !== askedAt) setAskedAt(null);
  const busy = askedAt !== null;
  return (
    <>
      <p className={styles.keys}>
        {t('otherTools.keysOf')} <strong>{profiles.join(', ')}</strong>
      </p>
      <Button busy={busy} onClick={() => setOpen(true)}>
        {busy ? t('otherTools.bringing') : t('otherTools.bring')}
      </Button>
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Portal>
          <Dialog.Backdrop className={dialog.backdrop} />
          <Dialog.Popup className={dialog.dialog}>
            <Dialog.Title className={dialog.title}>{t('otherTools.bringTitle')}</Dialog.Title>
            <Dialog.Description>{t('otherTools.bringWhat')}</Dialog.Description>
            <ul className={styles.commands}>
              {keys.map(({ profile, command }) => (
                <li key={profile}>
                  <code>{command}</code>
                </li>
              ))}
            </ul>
            <div className={styles.answers}>
              <Dialog.Close render={<Button />}>{t('otherTools.cancel')}</Dialog.Close>
              <Button tone="primary" onClick={bring}>
                {t('otherTools.bringNow')}
              </Button>
            </div>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  );

  function bring() {
    setOpen(false);
    setAskedAt(noticeId);
    void api.bringKeysOver({ profiles });
  }
}
