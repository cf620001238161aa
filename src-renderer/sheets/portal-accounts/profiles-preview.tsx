import { CircleCheck } from 'lucide-react';
import type { ProfilesPreview } from '../../../src-main/contract/sign-in.ts';
import { useApp } from '../../context/app-context.ts';
import { Button } from '../../parts/button.tsx';
import { focusWhenShown } from '../../parts/focus-when-shown.ts';
import { Failure, Outcome } from '../parts/sheet-steps.tsx';
import sheet from '../parts/sheet.module.css';

type ProfilesPreviewProps = { readonly preview: ProfilesPreview; readonly onBack: () => void };

/** The lines that would be written, before they are, and that they were. */
export function ProfilesPreviewText({ preview: { file, names, text, written, error }, onBack }: ProfilesPreviewProps) {
  const { api, texts } = useApp();
  const { t } = texts;
  return (
    <>
      <Outcome>
        {written && (
          <p className={sheet.done}>
            <CircleCheck size={16} aria-hidden /> <span>{t('portal.written', { file: texts.path(file), names: names.join(', ') })}</span>
          </p>
        )}
      </Outcome>
      {error !== null && <Failure error={error} />}
      {!written && <p>{t('portal.previewWhat', { file: texts.path(file) })}</p>}
      <pre className={sheet.document}>{text}</pre>
      <div className={sheet.lastActions}>
        <Button onClick={onBack}>{t('portal.back')}</Button>
        {!written && (
          <Button tone="primary" ref={focusWhenShown} onClick={() => void api.writeProfiles({})}>
            {t('portal.writeNow')}
          </Button>
        )}
      </div>
    </>
  );
}
