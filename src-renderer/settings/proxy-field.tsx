import { proxyComplaint } from '../../src-main/contract/limits.ts';
import { useTexts } from '../context/app-context.ts';
import { TextField } from '../controls/text-field.tsx';

type ProxyFieldProps = { readonly value: string; readonly change: (value: string) => void };

export function ProxyField({ value, change }: ProxyFieldProps) {
  const { t } = useTexts();
  return (
    <TextField label={t('settings.proxy')} value={value} placeholder={t('settings.proxyEnvironment')} inputMode="url" complaint={complaint} change={change} />
  );

  function complaint(address: string): string | null {
    switch (proxyComplaint(address)) {
      case null:
        return null;
      case 'address':
        return t('settings.proxyAddress');
      case 'password':
        return t('settings.proxyPassword');
    }
  }
}
