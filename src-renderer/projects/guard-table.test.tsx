import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { GuardRow } from '../../src-main/contract/guard.ts';
import { AppContext } from '../context/app-context.ts';
import { galleryStates } from '../gallery/states/gallery-states.ts';
import { silentApi } from '../gallery/silent-api.ts';
import { createTexts } from '../texts/texts.ts';
import { GuardTable } from './guard-table.tsx';

/** The table of a project that reached this account when it was checked, and what the user says of the account now. */
function table(account: GuardRow['account'], marks: { readonly name: string | null; readonly production: boolean }): string {
  const { state } = galleryStates(0)['panel-projects'] ?? {};
  const check = Object.values(state?.checks ?? {}).find((each) => each.kind === 'checked');
  const [row] = check?.report.rows ?? [];
  if (check === undefined || row === undefined || account === null) throw new Error('the gallery has no checked project');
  const known = { accounts: { [account.accountId]: { alias: null, color: null, ...marks } }, accountColors: {} };
  const clock = { now: () => 0, follow: () => () => undefined };
  return renderToStaticMarkup(
    <AppContext value={{ api: silentApi, clock, texts: createTexts('en', []), platform: 'linux' }}>
      <GuardTable report={{ ...check.report, rows: [{ ...row, account }] }} known={known} />
    </AppContext>,
  );
}

const reached = { accountId: '222222222222', name: 'deploy', alias: null, production: false };

it('the table of a project shows an account as it is marked now, whatever it was when the project was checked', () => {
  const before = table(reached, { name: null, production: false });
  const after = table(reached, { name: 'prod-eu', production: true });
  expect([before.includes('Account color &amp; production: deploy…'), before.includes('>Production<')]).toEqual([true, false]);
  expect([after.includes('Account color &amp; production: prod-eu…'), after.includes('>Production<')]).toEqual([true, true]);
});
