import { beforeEach, describe, expect, it } from 'vitest';
import { sampleDesktop } from '../../../testing/samples/sample-state.ts';
import { Settings } from '../../contract/settings.ts';
import type { HistoryRecord } from '../../contract/ledger.ts';
import { historyMax } from '../../contract/ledger.ts';
import type { Result } from '../../contract/app-error.ts';
import type { HistoryStep } from '../../contract/sheet.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { HistoryFilter } from '../../core/ledger/history.ts';
import { stillHeld } from '../../../testing/memory/garbage.ts';
import { HistorySheet } from './history-sheet.ts';
import { Sheets } from '../state/sheets.ts';
import { initialContent, UiStateStore } from '../state/ui-state-store.ts';

let store: UiStateStore;
let sheets: Sheets;
/** What the ledger waits for before it answers, in the order of the questions. */
let answers: (() => void)[];

beforeEach(() => {
  store = new UiStateStore(
    initialContent(
      { settings: Settings.parse({}), language: 'en' },
      {
        files: { config: '', credentials: '' },
        desktop: sampleDesktop,
      },
    ),
  );
  sheets = new Sheets(store);
  answers = [];
});

const record = (number: number): HistoryRecord => ({
  record: 'access-key',
  at: '2026-11-27T10:00:00Z',
  profile: 'default',
  accessKeyId: `AKIA${number}`,
  change: 'created',
});

/** A ledger with so many records; `slow` answers when the test says so. */
function ledgerOf(count: number, slow = false) {
  return {
    history: async ({ limit }: HistoryFilter): Promise<Result<readonly HistoryRecord[]>> => {
      if (slow) await new Promise<void>((resolve) => void answers.push(resolve));
      return succeeded(Array.from({ length: count }, (_, index) => record(index)).slice(0, limit));
    },
  };
}

function step(): HistoryStep {
  const { sheet } = store.content;
  if (sheet?.kind !== 'history') throw new Error(`the sheet is ${JSON.stringify(sheet)}`);
  return sheet.step;
}

function shown() {
  const current = step();
  return current.kind === 'shown' ? { count: current.records.length, more: current.more } : current.kind;
}

describe('the history', () => {
  it('the history leaves nothing of its records once it is closed, or something else is in its place', async () => {
    const history = new HistorySheet(sheets, ledgerOf(3));
    const shownRecords = () => {
      const current = step();
      return current.kind === 'shown' ? current.records.map((each) => new WeakRef(each)) : [];
    };
    await history.show();
    const closed = shownRecords();
    expect(closed).toHaveLength(3);
    sheets.close();
    expect(await stillHeld(closed)).toBe(0);
    await history.show();
    const replaced = shownRecords();
    sheets.open({ kind: 'report', step: { kind: 'asking' } });
    expect(await stillHeld(replaced)).toBe(0);
    expect(replaced).toHaveLength(3);
  });

  it('the history shows fifty records, and as many more each time', async () => {
    const history = new HistorySheet(sheets, ledgerOf(120));
    await history.show();
    expect(shown()).toEqual({ count: 50, more: true });
    await history.showMore();
    expect(shown()).toEqual({ count: 100, more: true });
    await history.showMore();
    expect(shown()).toEqual({ count: 120, more: false });
    await history.show();
    expect(shown()).toEqual({ count: 50, more: true });
  });

  it('the history knows that there are no more records', async () => {
    await new HistorySheet(sheets, ledgerOf(50)).show();
    expect(shown()).toEqual({ count: 50, more: false });
  });

  it('the history ends at what the app shows at most', async () => {
    const history = new HistorySheet(sheets, ledgerOf(historyMax + 100));
    await history.show();
    for (let times = 0; times < 30; times += 1) await history.showMore();
    expect(shown()).toEqual({ count: historyMax, more: false });
  });

  it('the history says so when more is asked for while it still reads', async () => {
    const history = new HistorySheet(sheets, ledgerOf(120, true));
    const showing = history.show();
    const more = history.showMore();
    answers.shift()?.();
    await showing;
    expect(shown()).toEqual({ count: 50, more: true });
    answers.shift()?.();
    await more;
    expect(shown()).toEqual({ count: 100, more: true });
  });

  it('the history is not opened again when it was closed meanwhile', async () => {
    const history = new HistorySheet(sheets, ledgerOf(1, true));
    const showing = history.show();
    sheets.close();
    answers.shift()?.();
    await showing;
    expect(store.content.sheet).toBeNull();
  });

  it('the history says why there is none', async () => {
    const error = appError('ledger-unreadable', { file: '/ledger', reason: 'EACCES' });
    await new HistorySheet(sheets, { history: async () => failed(error) }).show();
    expect(step()).toEqual({ kind: 'failed', error });
  });
});

describe('sheets', () => {
  it('sheets take no steps for one that another took the place of', () => {
    const late = sheets.open<'activity'>({ kind: 'activity', profile: 'default', accessKeyId: null, step: { kind: 'asking' } });
    const next = sheets.open<'history'>({ kind: 'history', step: { kind: 'asking' } });
    late({ kind: 'failed', error: appError('throttled') });
    expect(sheets.shown).toEqual({ kind: 'history', step: { kind: 'asking' } });
    next({ kind: 'shown', records: [], more: false });
    next({ kind: 'shown', records: [], more: true });
    expect(sheets.shown).toEqual({ kind: 'history', step: { kind: 'shown', records: [], more: true } });
  });

  it('sheets link to the console only while one is shown that does', () => {
    const event = {
      eventId: 'e',
      at: '',
      service: 's3',
      name: 'CreateBucket',
      region: 'eu-west-1',
      error: null,
      readOnly: false,
      assumed: null,
      consoleUrl: 'https://console.aws.amazon.com/e',
    };
    const activity = { accessKeyId: 'ASIA', arn: '', regions: [], events: [event, { ...event, consoleUrl: null }], more: false };
    sheets.open<'activity'>({ kind: 'activity', profile: 'default', accessKeyId: null, step: { kind: 'shown', activity, asking: false, error: null } });
    expect([sheets.hasLink(event.consoleUrl), sheets.hasLink('https://example.com/'), sheets.hasLink('')]).toEqual([true, false, false]);
    sheets.close();
    expect(sheets.hasLink(event.consoleUrl)).toBe(false);
  });
});
