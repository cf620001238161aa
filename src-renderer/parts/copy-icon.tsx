import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './button.tsx';
import { copyText } from './copy-text.ts';

type CopyIconProps = { readonly text: string; readonly label: string; readonly copiedLabel: string };

/** Copies the text beside it. The button's name says that it worked, until the button loses the focus. */
export function CopyIcon({ text, label, copiedLabel }: CopyIconProps) {
  const [copied, setCopied] = useState(false);
  return (
    <IconButton label={copied ? copiedLabel : label} onClick={() => setCopied(copyText(text))} onBlur={() => setCopied(false)}>
      {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
    </IconButton>
  );
}
