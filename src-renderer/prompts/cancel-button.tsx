import { useApp } from '../context/app-context.ts';
import { Button } from '../parts/button.tsx';

export function CancelButton({ promptId }: { readonly promptId: string }) {
  const { api, texts } = useApp();
  return (
    <Button tone="quiet" onClick={() => void api.cancelPrompt({ promptId })}>
      {texts.t('mfa.cancel')}
    </Button>
  );
}
