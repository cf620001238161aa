import { useCallback, useId, useState } from 'react';
import type { AppError } from '../../src-main/contract/app-error.ts';
import { mfaSerialLength } from '../../src-main/contract/limits.ts';
import type { PromptIdentity } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';
import { ErrorText } from '../parts/error-text.tsx';
import { CancelButton } from './cancel-button.tsx';
import { focusWhenShown } from '../parts/focus-when-shown.ts';
import styles from './device-form.module.css';

type DeviceFormProps = {
  readonly promptId: string;
  readonly devices: readonly string[];
  readonly reason: AppError | null;
  /** Whose device it is. */
  readonly identity: PromptIdentity;
};

export function DeviceForm({ promptId, devices, reason, identity }: DeviceFormProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  const [typed, setSerial] = useState(devices[0] ?? null);
  const serial = typed ?? arnBeginning(identity);
  const [tooShort, setTooShort] = useState(false);

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const chosen = serial.trim();
        const isTooShort = chosen.length < mfaSerialLength.min || chosen.endsWith(':mfa/');
        setTooShort(isTooShort);
        if (!isTooShort) void api.chooseMfaDevice({ promptId, serial: chosen });
      }}
    >
      {reason !== null && (
        <div className={styles.reason}>
          <ErrorText error={reason} />
        </div>
      )}
      {devices.length > 0 ? (
        <DeviceList devices={devices} chosen={serial} choose={setSerial} />
      ) : (
        <DeviceArn arn={serial} change={setSerial} tooShort={tooShort} />
      )}
      <div className={styles.buttons}>
        <CancelButton promptId={promptId} />
        <Button type="submit" tone="primary">
          {t('mfa.useDevice')}
        </Button>
      </div>
    </form>
  );
}

/** What the ARN of every virtual device of the account begins with; nothing until the account is known. */
function arnBeginning(identity: PromptIdentity): string {
  if (identity.kind !== 'known') return '';
  return `${identity.arn.split(':').slice(0, 5).join(':').replace(':sts:', ':iam:')}:mfa/`;
}

type DeviceListProps = {
  readonly devices: readonly string[];
  readonly chosen: string;
  readonly choose: (serial: string) => void;
};

function DeviceList({ devices, chosen, choose }: DeviceListProps) {
  const { t } = useApp().texts;
  const group = useId();
  return (
    <fieldset className={styles.devices}>
      <legend>{t('mfa.chooseDevice')}</legend>
      {devices.map((device) => (
        <label key={device} className={styles.device}>
          <input type="radio" name={group} checked={device === chosen} ref={device === devices[0] ? focusWhenShown : null} onChange={() => choose(device)} />
          <span>{device}</span>
        </label>
      ))}
    </fieldset>
  );
}

type DeviceArnProps = {
  readonly arn: string;
  readonly change: (arn: string) => void;
  readonly tooShort: boolean;
};

function DeviceArn({ arn, change, tooShort }: DeviceArnProps) {
  const { t } = useApp().texts;
  const messageId = useId();
  // What is there already is the beginning of what is to be typed.
  const focusAtEnd = useCallback((input: HTMLInputElement | null) => {
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  }, []);
  return (
    <div className={styles.arn}>
      <label>
        <span>{t('mfa.deviceArn')}</span>
        <input
          value={arn}
          onChange={(event) => change(event.target.value)}
          aria-invalid={tooShort}
          aria-describedby={messageId}
          ref={focusAtEnd}
          spellCheck={false}
          autoComplete="off"
        />
      </label>
      <p id={messageId} role="alert" className={styles.bad}>
        {tooShort && t('mfa.deviceArnTooShort')}
      </p>
    </div>
  );
}
