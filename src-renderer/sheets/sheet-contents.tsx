import type { Sheet } from '../../src-main/contract/sheet.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { AccessKeysSheet } from './access-keys/access-keys.tsx';
import { ActivitySheet } from './activity/activity.tsx';
import { HistorySheet } from './history/history.tsx';
import { PortalAccountsSheet } from './portal-accounts/portal-accounts.tsx';
import { ReportSheet } from './report/report.tsx';
import { RevocationSheet } from './revocation/revocation.tsx';

type SheetContentsProps = { readonly sheet: Sheet; readonly state: UiState };

/** What is under the title of a sheet. */
export function SheetContents({ sheet, state }: SheetContentsProps) {
  switch (sheet.kind) {
    case 'history':
      return <HistorySheet step={sheet.step} accounts={state.accounts} home={state.desktop.home} />;
    case 'activity':
      return <ActivitySheet profile={sheet.profile} accessKeyId={sheet.accessKeyId} step={sheet.step} accounts={state.accounts} />;
    case 'revocation':
      return <RevocationSheet profile={sheet.profile} step={sheet.step} accounts={state.accounts} />;
    case 'access-keys':
      return <AccessKeysSheet profile={sheet.profile} step={sheet.step} warnDays={state.settings.accessKeyWarnDays} />;
    case 'portal-accounts':
      return <PortalAccountsSheet step={sheet.step} prefix={prefixOf(sheet, state)} known={state.settings} />;
    case 'report':
      return <ReportSheet step={sheet.step} />;
  }
}

/** With one portal, an account and a role say all. */
function prefixOf({ name }: Extract<Sheet, { kind: 'portal-accounts' }>, { signIns }: UiState): string {
  return signIns.filter(({ way }) => way === 'identity-center').length > 1 ? `${name}/` : '';
}
