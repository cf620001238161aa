import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { GuardRow } from '../../src-main/contract/guard.ts';
import { App } from '../app.tsx';
import { galleryStates } from '../gallery/states/gallery-states.ts';
import { silentApi } from '../gallery/silent-api.ts';

/** The panel with a project that reached this account when it was checked, and what the user says of the account now. */
function panel(account: GuardRow['account'], known: { readonly name: string | null; readonly production: boolean }): string {
  const { state } = galleryStates(0)['panel-projects'] ?? {};
  const [folder, check] = Object.entries(state?.checks ?? {}).find(([, each]) => each.kind === 'checked') ?? [];
  if (state === undefined || folder === undefined || check?.kind !== 'checked' || account === null) throw new Error('the gallery has no checked project');
  const [row] = check.report.rows;
  const report = { ...check.report, rows: row === undefined ? [] : [{ ...row, account }] };
  const accounts = { [account.accountId]: { alias: null, color: null, ...known } };
  const shown = { ...state, checks: { [folder]: { ...check, report } }, settings: { ...state.settings, accounts } };
  const store = { read: () => shown, subscribe: () => () => undefined };
  return renderToStaticMarkup(<App view="panel" api={silentApi} store={store} clock={{ now: () => 0, follow: () => () => undefined }} regions={[]} />);
}

const reached = { accountId: '222222222222', name: 'deploy', alias: null, production: false };

it('the table of a project shows an account as it is marked now, whatever it was when the project was checked', () => {
  const before = panel(reached, { name: null, production: false });
  const after = panel(reached, { name: 'prod-eu', production: true });
  expect([before.includes('Mark account deploy…'), before.includes('>Production<')]).toEqual([true, false]);
  expect([after.includes('Mark account prod-eu…'), after.includes('>Production<')]).toEqual([true, true]);
});
