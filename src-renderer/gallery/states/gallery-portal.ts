import type { PortalAccount, PortalAccountsStep } from '../../../src-main/contract/sign-in.ts';
import { files } from './gallery-samples.ts';
import { panel, type ShownStates } from './gallery-windows.ts';

const network = { code: 'network-unreachable', params: { service: 'IAM Identity Center', reason: 'ENOTFOUND portal.sso.eu-central-1.amazonaws.com' } } as const;
const teams = ['shop', 'billing', 'data-platform', 'network-operations', 'identity'];

/** Thousands of accounts, as large organisations have them. */
const accounts: readonly PortalAccount[] = Array.from({ length: 2_000 }, (_none, index) => {
  const name = `${teams[index % teams.length]}-${['dev', 'stg', 'prod'][index % 3]}-${index + 1}`;
  const roles = ['AdministratorAccess', 'ReadOnly', 'TerraformDeploymentsInEuropeanRegions'].slice(index === 3 ? 3 : index % 3);
  return { accountId: String(300_000_000_000 + index), name, email: `aws+${name}@example.com`, roles };
});

/** The accounts and roles of an access portal, and the profiles that are written for some. */
export function portalStates(at: number): ShownStates {
  const shown = { kind: 'shown', accounts, at: at - 7_200_000, asking: false, error: null, preview: null } as const;
  const entry = (name: string, accountId: string, role: string) =>
    `[profile ${name}]\nsso_session = example\nsso_account_id = ${accountId}\nsso_role_name = ${role}`;
  const preview = {
    file: files.config,
    names: ['shop-dev-1', 'billing-stg-2'],
    text: [entry('shop-dev-1', '300000000000', 'AdministratorAccess'), entry('billing-stg-2', '300000000001', 'ReadOnly')].join('\n\n'),
    written: false,
    error: null,
  };
  const sheet = (step: PortalAccountsStep) =>
    panel({ sheet: { kind: 'portal-accounts', signInId: 'identity-center eu-central-1 https://example.awsapps.com/start', name: 'example', step } });
  return {
    'panel-sheet-portal': sheet(shown),
    'panel-sheet-portal-more': sheet({ ...shown, accounts: accounts.slice(0, 40), at: null, asking: true }),
    'panel-sheet-portal-asking': sheet({ kind: 'asking' }),
    'panel-sheet-portal-error': sheet({ ...shown, error: network }),
    'panel-sheet-portal-none': sheet({ ...shown, accounts: [] }),
    'panel-sheet-portal-failed': sheet({ kind: 'failed', error: network }),
    'panel-sheet-portal-preview': sheet({ ...shown, preview }),
    'panel-sheet-portal-refused': sheet({ ...shown, preview: { ...preview, error: { code: 'portal-profile-taken', params: { profile: 'shop-dev-1' } } } }),
    'panel-sheet-portal-written': sheet({ ...shown, preview: { ...preview, written: true } }),
  };
}
