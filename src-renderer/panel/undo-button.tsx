import type { Notice } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';

/** Takes back what a notice is about; renders nothing where that cannot be done. */
export function UndoButton({ notice }: { readonly notice: Notice }) {
  const { api, texts } = useApp();
  if (notice.kind !== 'project-removed') return null;
  const { folder } = notice;
  return (
    <Button tone="quiet" onClick={() => void api.restoreProject({ folder })}>
      {texts.t('notice.undo')}
    </Button>
  );
}
