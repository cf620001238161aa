import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './button.tsx';
import { copyText } from './copy-text.ts';

type CopyIconProps = { readonly text: string; readonly label: string; readonly copiedLabel: string };

/** Copies a text that stands beside it. The name of the button tells that it worked, until it loses the focus. */
export function CopyIcon({ text, label, copiedLabel }: CopyIconProps) {
  const [copied, setCopied] = useState(false);
  return (
    <IconButton label={copied ? copiedLabel : label} onClick={() => setCopied(copyText(text))} onBlur={() => setCopied(false)}>
      {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
    </IconButton>
  );
}
