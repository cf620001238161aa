import { useState } from 'react';
import type { ReportStep } from '../../../src-main/contract/sheet.ts';
import { useApp } from '../../context/app-context.ts';
import { SwitchField } from '../../controls/switch-field.tsx';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { Asking } from '../parts/sheet-steps.tsx';
import sheet from '../parts/sheet.module.css';

/** The report of a problem: the whole text, to read first and then to copy or to save. */
export function ReportSheet({ step }: { readonly step: ReportStep }) {
  const { api, texts } = useApp();
  const { t } = texts;
  const [copied, setCopied] = useState(false);
  if (step.kind === 'asking') return <Asking what={t('report.asking')} />;
  return (
    <>
      <p>{t('report.intro')}</p>
      <SwitchField
        label={t('report.mask')}
        hint={t('report.maskHint')}
        value={step.masksAccounts}
        change={(masksAccounts) => void api.maskReport({ masksAccounts })}
      />
      <section aria-label={t('report.text')}>
        <pre className={sheet.document}>{step.text}</pre>
      </section>
      <div className={sheet.lastActions}>
        <Button onClick={() => setCopied(copyText(step.text))} onBlur={() => setCopied(false)}>
          {copied ? t('report.copied') : t('report.copy')}
        </Button>
        <Button onClick={() => void api.saveReport({})}>{t('report.save')}</Button>
      </div>
    </>
  );
}
