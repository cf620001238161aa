import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../app-context.ts';
import { IconButton } from '../parts/button.tsx';
import { copyText } from '../parts/copy-text.ts';

/** Twelve digits without a gap. The name of the button tells that it worked, until it loses the focus. */
export function CopyAccountId({ accountId }: { readonly accountId: string }) {
  const { t } = useTexts();
  const [copied, setCopied] = useState(false);
  return (
    <IconButton
      label={copied ? t('account.idCopied') : t('account.copyId')}
      onClick={() => setCopied(copyText(accountId))}
      onBlur={() => setCopied(false)}
    >
      {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
    </IconButton>
  );
}
