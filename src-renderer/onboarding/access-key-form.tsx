import { useEffect, useId, useRef, useState, type ClipboardEvent, type FormEvent, type RefObject } from 'react';
import { accessKeyIdPattern, regionPattern, secretAccessKeyPattern } from '../../src-main/contract/limits.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';
import styles from './access-key-form.module.css';
import { pastedAccessKey } from './pasted-access-key.ts';

type Complaint = 'unreadable' | 'accessKeyId' | 'secretAccessKey' | 'profile' | 'region';

/**
 * Takes the access key. The secret is never in React's state: it goes from its field into one
 * message, and the field is emptied.
 */
export function AccessKeyForm({ state }: { readonly state: UiState }) {
  const { api, texts } = useApp();
  const { t } = texts;
  const idField = useRef<HTMLInputElement>(null);
  const secretField = useRef<HTMLInputElement>(null);
  const submitButton = useRef<HTMLButtonElement>(null);
  const [complaint, setComplaint] = useState<Complaint | null>(null);
  const [sentAt, setSentAt] = useState<number | null>(null);
  const complaintId = useId();
  useEffect(() => idField.current?.focus(), []);
  const noticeId = state.notice?.noticeId ?? 0;
  // Every refusal comes as a notice; once there is a profile, this form is gone.
  const busy = sentAt !== null;
  if (busy && state.notice !== null && noticeId !== sentAt) setSentAt(null);
  const hasKeychain = state.keychain.kind !== 'unavailable';

  return (
    <form className={styles.form} onSubmit={submit} aria-busy={busy}>
      <label className={styles.field}>
        <span>{t('firstRun.profile')}</span>
        <input
          name="profile"
          defaultValue="default"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={complaint === 'profile'}
          aria-describedby={complaintId}
        />
      </label>
      <label className={styles.field}>
        <span>{t('firstRun.accessKeyId')}</span>
        <input
          ref={idField}
          name="accessKeyId"
          autoComplete="off"
          spellCheck={false}
          onPaste={paste}
          aria-invalid={complaint === 'accessKeyId'}
          aria-describedby={complaintId}
        />
      </label>
      <label className={styles.field}>
        <span>{t('firstRun.secretAccessKey')}</span>
        <input
          ref={secretField}
          name="secretAccessKey"
          type="password"
          autoComplete="off"
          onPaste={paste}
          aria-invalid={complaint === 'secretAccessKey'}
          aria-describedby={complaintId}
        />
      </label>
      <p className={styles.hint}>{t('firstRun.pasteHint')}</p>
      <label className={styles.field}>
        <span>{t('firstRun.region')}</span>
        <input
          name="region"
          placeholder="eu-central-1"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={complaint === 'region'}
          aria-describedby={complaintId}
        />
      </label>
      <fieldset className={styles.places}>
        <legend>{t('firstRun.keepIn')}</legend>
        {hasKeychain && (
          <label className={styles.place}>
            <input type="radio" name="to" value="keychain" defaultChecked />
            <span>{t('firstRun.inKeychain')}</span>
          </label>
        )}
        <label className={styles.place}>
          <input type="radio" name="to" value="files" defaultChecked={!hasKeychain} key={String(hasKeychain)} />
          <span>{t('firstRun.inFiles')}</span>
        </label>
      </fieldset>
      <p id={complaintId} role="alert" className={styles.complaint}>
        {complaint !== null && complaintText(complaint)}
      </p>
      <Button ref={submitButton} type="submit" tone="primary" disabled={busy}>
        {busy ? t('firstRun.checking') : t('firstRun.addKey')}
      </Button>
    </form>
  );

  function complaintText(of: Complaint): string {
    switch (of) {
      case 'unreadable':
        return t('firstRun.pasteUnreadable');
      case 'accessKeyId':
        return t('firstRun.idWrong');
      case 'secretAccessKey':
        return t('firstRun.secretWrong');
      case 'profile':
        return t('firstRun.profileMissing');
      case 'region':
        return t('firstRun.regionWrong');
    }
  }

  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const pasted = pastedAccessKey(event.clipboardData.getData('text'));
    if (pasted === 'none') return;
    event.preventDefault();
    setComplaint(pasted === 'unreadable' ? 'unreadable' : null);
    if (pasted === 'unreadable') return;
    put(idField, pasted.accessKeyId);
    put(secretField, pasted.secretAccessKey);
    submitButton.current?.focus();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const field = (name: string) => textOf(data.get(name)).trim();
    const [profile, accessKeyId, secretAccessKey, region] = [field('profile'), field('accessKeyId'), field('secretAccessKey'), field('region').toLowerCase()];
    const found = complaintAbout({ profile, accessKeyId, secretAccessKey, region });
    setComplaint(found);
    if (found !== null) return;
    put(secretField, '');
    setSentAt(noticeId);
    void api.addAccessKey({ profile, accessKeyId, secretAccessKey, region: region || null, to: field('to') === 'keychain' ? 'keychain' : 'files' });
  }
}

/** What can be checked without asking AWS: the form of the key's parts and of a region's name. */
function complaintAbout(of: Readonly<Record<'profile' | 'accessKeyId' | 'secretAccessKey' | 'region', string>>): Complaint | null {
  if (of.profile === '') return 'profile';
  if (!accessKeyIdPattern.test(of.accessKeyId)) return 'accessKeyId';
  if (!secretAccessKeyPattern.test(of.secretAccessKey)) return 'secretAccessKey';
  return of.region === '' || regionPattern.test(of.region) ? null : 'region';
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

function put({ current }: RefObject<HTMLInputElement | null>, value: string): void {
  if (current !== null) current.value = value;
}
