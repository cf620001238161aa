import type { ForeignOrigin } from '../../../src-main/contract/ui-state.ts';
import { nameMax, shortened } from '../../../src-main/core/printable.ts';
import { useTexts } from '../../context/app-context.ts';

/** Where credentials come from that the app only passes on. */
export function Origin({ foreign }: { readonly foreign: ForeignOrigin }) {
  const { t } = useTexts();
  switch (foreign.kind) {
    case 'temporary-key':
      return <span>{t('session.fromTemporaryKey')}</span>;
    case 'web-identity':
      return <span>{t('session.fromWebIdentity')}</span>;
    case 'machine':
      return <span>{t('session.fromMachine')}</span>;
    case 'identity-center':
      return <span>{t('session.fromPortal', { name: shortened(foreign.name, nameMax), role: shortened(foreign.roleName, nameMax) })}</span>;
    case 'aws-login':
      return <span>{t('session.fromAwsLogin')}</span>;
    case 'command':
      return <span>{t('session.fromProgram', { program: shortened(foreign.program, nameMax) })}</span>;
  }
}
