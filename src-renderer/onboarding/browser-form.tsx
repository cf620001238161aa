import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { regionPattern } from '../../src-main/contract/limits.ts';
import type { SignInWay } from '../../src-main/contract/sign-in.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useApp, useTexts } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';
import { focusWhenShown } from '../parts/focus-when-shown.ts';
import styles from './access-key-form.module.css';
import { Field } from './field.tsx';

type Complaint = 'profile' | 'startUrl' | 'region';

type BrowserFormProps = {
  readonly state: UiState;
  /** The button that leads to the other way. */
  readonly back: ReactNode;
};

/** Takes what the sign-in with the browser needs to know: where. The window of the sign-in goes on from there. */
export function BrowserForm({ state, back }: BrowserFormProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const [way, setWay] = useState<SignInWay>('aws-login');
  const [complaint, setComplaint] = useState<Complaint | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (complaint !== null) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [complaint]);
  const isOpen = state.signInPrompt !== null;
  return (
    <form ref={form} className={styles.form} onSubmit={submit}>
      <WayField way={way} change={change} />
      {way === 'aws-login' ? (
        <>
          <Field key="profile" name="profile" label={t('firstRun.profile')} defaultValue="default" {...complaintOf('profile')} />
          <Field key="region" name="region" label={t('firstSignIn.region')} defaultValue="us-east-1" {...complaintOf('region')} />
        </>
      ) : (
        <>
          <Field
            key="startUrl"
            name="startUrl"
            label={t('firstSignIn.startUrl')}
            placeholder="https://example.awsapps.com/start"
            {...complaintOf('startUrl')}
          />
          <Field key="portalRegion" name="portalRegion" label={t('firstSignIn.region')} defaultValue="us-east-1" {...complaintOf('region')} />
          <Field key="name" name="name" label={t('firstSignIn.name')} placeholder="example" complaint={null} />
        </>
      )}
      <div className={styles.foot}>
        <div className={styles.buttons}>
          {back}
          <Button type="submit" tone="primary" disabled={isOpen}>
            {isOpen ? t('firstSignIn.waiting') : t('firstSignIn.open')}
          </Button>
        </div>
      </div>
    </form>
  );

  function change(chosen: SignInWay) {
    setWay(chosen);
    setComplaint(null);
  }

  function complaintOf(field: Complaint) {
    return { complaint: complaint === field ? complaintText(field) : null, onInput: () => setComplaint(null) };
  }

  function complaintText(of: Complaint): string {
    switch (of) {
      case 'profile':
        return t('firstRun.profileMissing');
      case 'startUrl':
        return t('firstSignIn.startUrlWrong');
      case 'region':
        return t('firstSignIn.regionWrong');
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string): string => {
      const value = data.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const region = text(way === 'aws-login' ? 'region' : 'portalRegion').toLowerCase();
    const [profile, startUrl, name] = [text('profile'), text('startUrl'), text('name')];
    const found = way === 'aws-login' ? (profile === '' ? 'profile' : null) : isAddress(startUrl) ? null : 'startUrl';
    const complains = found ?? (regionPattern.test(region) ? null : 'region');
    setComplaint(complains);
    if (complains !== null) return;
    void api.addSignIn(way === 'aws-login' ? { way, profile, region } : { way, name: name || null, startUrl, region });
  }
}

function WayField({ way, change }: { readonly way: SignInWay; readonly change: (way: SignInWay) => void }) {
  const { t } = useTexts();
  const hintId = useId();
  const choices = [
    { value: 'aws-login', label: t('firstSignIn.account'), hint: t('firstSignIn.accountHint') },
    { value: 'identity-center', label: t('firstSignIn.portal'), hint: t('firstSignIn.portalHint') },
  ] as const;
  return (
    <fieldset className={styles.places}>
      <legend>{t('firstSignIn.what')}</legend>
      {choices.map(({ value, label, hint }, index) => (
        <div key={value}>
          <label className={styles.place}>
            <input
              ref={index === 0 ? focusWhenShown : null}
              type="radio"
              name="way"
              value={value}
              checked={way === value}
              aria-describedby={`${hintId}-${value}`}
              onChange={() => change(value)}
            />
            <span>{label}</span>
          </label>
          <p id={`${hintId}-${value}`} className={styles.hint}>
            {hint}
          </p>
        </div>
      ))}
    </fieldset>
  );
}

/** What can be said without asking: a portal has an address that a browser can open. */
function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text);
}
