import { useEffect, useLayoutEffect, useRef, useState, type ClipboardEvent, type FormEvent, type ReactNode } from 'react';
import type { AppError } from '../../src-main/contract/app-error.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import styles from './access-key-form.module.css';
import { Field } from './field.tsx';
import { refusedField, wrongFields, type KeyField } from './key-complaints.ts';
import { KeyFile } from './key-file.tsx';
import { KeyPlaces, type KeyPlace } from './key-places.tsx';
import { pastedAccessKey } from './pasted-access-key.ts';

export type AccessKeyFormProps = {
  readonly state: UiState;
  /** The button that leads to the other way. */
  readonly back: ReactNode;
  /** What else there is to choose, for those who have AWS files. */
  readonly others: ReactNode;
  /** Says that this form shows a notice, which stands nowhere else then. */
  readonly showsNotice: (noticeId: number) => void;
};

/** What is wrong: with fields, by their names, or with none of them. */
type Wrong = { readonly fields: Partial<Readonly<Record<KeyField, string>>>; readonly elsewhere: ReactNode };
const nothing: Wrong = { fields: {}, elsewhere: null };

/**
 * Takes the access key. The secret is never in React's state: it stays in its field, from which it goes into one message,
 * until AWS has accepted it and this form is gone.
 */
export function AccessKeyForm({ state, back, others, showsNotice }: AccessKeyFormProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const form = useRef<HTMLFormElement>(null);
  const submitButton = useRef<HTMLButtonElement>(null);
  const [wrong, setWrong] = useState(nothing);
  const [more, setMore] = useState(false);
  const [place, setPlace] = useState<KeyPlace>('keychain');
  const { busy, begin } = useRefusals(state, { refuse, showsNotice });
  const hasKeychain = state.keychain.kind !== 'unavailable';
  const to = hasKeychain ? place : 'files';

  useEffect(() => form.current?.querySelector<HTMLInputElement>('input[name=accessKeyId]')?.focus(), []);
  // The first field that is wrong is where the user goes on.
  useEffect(() => {
    if (wrong !== nothing) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [wrong]);

  return (
    <form ref={form} className={styles.form} onSubmit={submit} onPaste={paste} aria-busy={busy}>
      <KeyFile take={take} />
      <Field label={t('firstRun.accessKeyId')} name="accessKeyId" {...fieldOf('accessKeyId')} />
      <Field label={t('firstRun.secretAccessKey')} name="secretAccessKey" type="password" {...fieldOf('secretAccessKey')} />
      <details className={styles.more} open={more} onToggle={({ currentTarget }) => setMore(currentTarget.open)}>
        <summary>{t('firstRun.more')}</summary>
        <Field label={t('firstRun.profile')} name="profile" defaultValue="default" {...fieldOf('profile')} />
        <Field label={t('firstRun.region')} name="region" placeholder="us-east-1" {...fieldOf('region')} />
        <KeyPlaces place={to} choose={setPlace} hasKeychain={hasKeychain} />
        {others}
      </details>
      <div className={styles.foot}>
        {wrong.elsewhere !== null && (
          <div role="alert" className={styles.refused}>
            {wrong.elsewhere}
          </div>
        )}
        <p className={styles.hint}>{to === 'keychain' ? t('firstRun.staysInKeychain') : t('firstRun.staysInFile')}</p>
        <div className={styles.buttons}>
          {back}
          <Button ref={submitButton} type="submit" tone="primary" busy={busy}>
            {busy ? t('firstRun.checking') : t('firstRun.addKey')}
          </Button>
        </div>
      </div>
    </form>
  );

  function fieldOf(name: KeyField) {
    const complaint = wrong.fields[name] ?? null;
    // What is typed anew has not been refused.
    return { complaint, onInput: () => complaint !== null && setWrong({ ...wrong, fields: { ...wrong.fields, [name]: undefined }, elsewhere: null }) };
  }

  function inputOf(name: KeyField): HTMLInputElement | null {
    return form.current?.querySelector<HTMLInputElement>(`input[name=${name}]`) ?? null;
  }

  function complain(fields: Wrong['fields']) {
    if (fields.profile !== undefined || fields.region !== undefined) setMore(true);
    setWrong({ fields, elsewhere: null });
  }

  function complaintOf(field: KeyField): string {
    switch (field) {
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

  function refuse(error: AppError) {
    const field = refusedField(error);
    const { what, next } = texts.error(error);
    if (field === 'accessKeyId') complain({ accessKeyId: t('firstRun.idRefused') });
    else if (field === 'secretAccessKey') complain({ secretAccessKey: t('firstRun.secretRefused') });
    else if (field !== null) complain({ [field]: `${what} ${next}` });
    else {
      setWrong({ fields: {}, elsewhere: <ErrorText error={error} /> });
      // Then the key can go into the file, as is chosen there.
      if (error.code.startsWith('keychain-')) setMore(true);
    }
  }

  function take(text: string) {
    const pasted = pastedAccessKey(text);
    if (typeof pasted === 'string') {
      setWrong({ fields: {}, elsewhere: t('firstRun.pasteUnreadable') });
      return;
    }
    for (const name of ['accessKeyId', 'secretAccessKey'] as const) {
      const input = inputOf(name);
      if (input !== null) input.value = pasted[name];
    }
    setWrong(nothing);
    submitButton.current?.focus();
  }

  function paste(event: ClipboardEvent<HTMLFormElement>) {
    const text = event.clipboardData.getData('text');
    const isInField = event.target instanceof HTMLInputElement && event.target.type !== 'file';
    // A single value belongs into the field that it is pasted into.
    if (isInField && pastedAccessKey(text) === 'none') return;
    event.preventDefault();
    take(text);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const valueOf = (name: KeyField): string => inputOf(name)?.value.trim() ?? '';
    const key = { profile: valueOf('profile'), accessKeyId: valueOf('accessKeyId'), secretAccessKey: valueOf('secretAccessKey') };
    const region = valueOf('region').toLowerCase();
    const fields = wrongFields({ ...key, region });
    complain(Object.fromEntries(fields.map((field) => [field, complaintOf(field)])));
    if (fields.length > 0) return;
    begin();
    void api.addAccessKey({ ...key, region: region || null, to });
  }
}

/** Whether a key is on its way. Every refusal comes as a notice, which this form shows in the bar's stead; once there is a profile, the form is gone. */
function useRefusals({ notice }: UiState, { refuse, showsNotice }: Pick<AccessKeyFormProps, 'showsNotice'> & { readonly refuse: (error: AppError) => void }) {
  const { api } = useApp();
  const noticeId = notice?.noticeId ?? 0;
  const [sentAt, setSentAt] = useState<number | null>(null);
  const isAnswered = sentAt !== null && notice !== null && noticeId !== sentAt;
  if (isAnswered) {
    setSentAt(null);
    if (notice.kind === 'failed') refuse(notice.error);
  }
  const shownHere = useRef(0);
  // Before anything is painted or read aloud, so that the bar never has it.
  useLayoutEffect(() => {
    if (sentAt !== null) shownHere.current = sentAt + 1;
    else if (shownHere.current > 0 && noticeId >= shownHere.current) {
      shownHere.current = 0;
      showsNotice(noticeId);
      void api.dismissNotice({ noticeId });
    }
  }, [api, noticeId, sentAt, showsNotice]);
  return { busy: sentAt !== null, begin: () => setSentAt(noticeId) };
}
