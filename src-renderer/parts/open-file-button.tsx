import type { AppError } from '../../src-main/contract/app-error.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { useApp } from '../context/app-context.ts';
import { Button } from './button.tsx';

type OpenFileButtonProps = {
  readonly problem: AppError;
  readonly files: UiState['files'];
  /** The element that says what is wrong in the file. */
  readonly describedBy: string;
};

/** Renders nothing when the problem is not in a file that can be opened. */
export function OpenFileButton({ problem, files, describedBy }: OpenFileButtonProps) {
  const { api, texts } = useApp();
  const file = fileToOpen(problem, files);
  if (file === null) return null;
  return (
    <Button aria-describedby={describedBy} onClick={() => void api.openConfigFile({ file })}>
      {texts.t('panel.openFile')}
    </Button>
  );
}

function fileToOpen(problem: AppError, files: UiState['files']): keyof UiState['files'] | null {
  if (problem.code === 'config-none') return null; // it does not exist yet
  if (problem.params['file'] === files.config) return 'config';
  if (problem.params['file'] === files.credentials) return 'credentials';
  return null;
}
