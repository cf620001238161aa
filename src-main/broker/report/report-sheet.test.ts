import { describe, expect, it } from 'vitest';
import { held, profileWith, stateWith } from '../../../testing/samples/sample-state.ts';
import { machineFacts, type ReportFacts } from '../../core/report/report-facts.ts';
import { UiStateStore } from '../state/ui-state-store.ts';
import { Sheets } from '../state/sheets.ts';
import { ReportSheet } from './report-sheet.ts';

const state = stateWith(profileWith({ kind: 'active', ...held }));

/** A sheet whose facts come when `gathered` is called; `at` counts how often that was. */
function opened() {
  const store = new UiStateStore(state);
  const sheets = new Sheets(store);
  let [at, come] = [0, (): void => undefined];
  const gather = async (): Promise<ReportFacts> => {
    await new Promise<void>((resolve) => (come = resolve));
    at += 1;
    const machine = machineFacts({ app: '1.2.3', versions: {}, platform: 'linux', release: '', arch: 'x64', osRelease: '', env: {} });
    return { at, machine, person: { home: '', user: '' }, app: { state, localApi: 'open', relayRuns: 0, runsForMs: 0 }, log: { lines: [], leftOut: 0 } };
  };
  const sheet = new ReportSheet(sheets, gather);
  return { store, sheets, sheet, gathered: () => come(), step: () => store.content.sheet?.step };
}

describe('the sheet of a report', () => {
  it('the sheet of a report masks account IDs until somebody wants them, and the rest stays as it was', async () => {
    const { sheet, gathered, step } = opened();
    const shown = sheet.show();
    expect(step()).toEqual({ kind: 'asking' });
    gathered();
    await shown;
    expect(step()).toMatchObject({ kind: 'shown', masksAccounts: true });
    const masked = sheet.text ?? '';
    expect(masked).toContain('account-1');
    expect(masked).not.toContain('111111111111');
    sheet.mask({ masksAccounts: false });
    expect(step()).toMatchObject({ masksAccounts: false });
    expect(sheet.text).toContain('111111111111');
    expect(sheet.text?.split('\n')[1]).toBe(masked.split('\n')[1]);
    sheet.mask({ masksAccounts: true });
    expect(sheet.text).toBe(masked);
  });

  it('the sheet of a report has no text once it is closed, and is not opened again by what comes late', async () => {
    const { sheet, sheets, gathered, step } = opened();
    const shown = sheet.show();
    sheets.close();
    gathered();
    await shown;
    expect(step()).toBeUndefined();
    sheet.mask({ masksAccounts: false });
    expect(step()).toBeUndefined();
    expect(sheet.text).toBeNull();
  });
});
