import { useState } from 'react';
import { useTexts } from '../context/app-context.ts';
import { NumberField } from '../controls/number-field.tsx';
import { SelectField } from '../controls/select-field.tsx';
import { commonLengths, isCommonLength, sessionMinutes } from './session-length.ts';

type SessionLengthFieldProps = { readonly seconds: number; readonly change: (seconds: number) => void };

const custom = 'custom';

/** A common length by name, or any other in minutes. */
export function SessionLengthField({ seconds, change }: SessionLengthFieldProps) {
  const { t, duration } = useTexts();
  const [typing, setTyping] = useState(false);
  const isCustom = typing || !isCommonLength(seconds);
  const choices = commonLengths.map((length) => ({ value: String(length), label: duration(length) }));

  return (
    <>
      <SelectField
        label={t('settings.sessionLength')}
        value={isCustom ? custom : String(seconds)}
        choices={[...choices, { value: custom, label: t('settings.customLength') }]}
        change={(value) => {
          setTyping(value === custom);
          if (value !== custom) change(Number(value));
        }}
      />
      {isCustom && (
        <NumberField
          label={t('settings.customMinutes')}
          hint={duration(seconds)}
          value={Math.round(seconds / 60)}
          unit={t('unit.minutes')}
          limits={sessionMinutes}
          change={(minutes) => change(minutes * 60)}
        />
      )}
    </>
  );
}
