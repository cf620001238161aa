import { historyMax } from '../../contract/ledger.ts';
import type { HistoryStep } from '../../contract/sheet.ts';
import { withLatestHandOffs } from '../../core/ledger/history.ts';
import type { Ledger } from './ledger.ts';
import type { Sheets } from '../state/sheets.ts';

/** How many records the panel shows at first, and how many more at a time. */
const atOnce = 50;

/** Limit, because every change of the state sends all shown records to each window. */
const handOffsMax = 25;

/** The ledger in the panel. */
export class HistorySheet {
  readonly #sheets: Sheets;
  readonly #ledger: Pick<Ledger, 'history'>;
  #step: ((step: HistoryStep) => boolean) | null = null;
  #count = atOnce;

  constructor(sheets: Sheets, ledger: Pick<Ledger, 'history'>) {
    this.#sheets = sheets;
    this.#ledger = ledger;
  }

  async show(): Promise<void> {
    this.#count = atOnce;
    this.#step = this.#sheets.open<'history'>({ kind: 'history', step: { kind: 'asking' } });
    await this.#read();
  }

  async showMore(): Promise<void> {
    this.#count = Math.min(this.#count + atOnce, historyMax);
    await this.#read();
  }

  /** Reads one record more than it shows, to know whether there are older ones. */
  async #read(): Promise<void> {
    // As of now: meanwhile more may be asked for, or the sheet opened anew.
    const [step, count] = [this.#step, this.#count];
    const read = await this.#ledger.history({ limit: count + 1 });
    if (!read.ok) return void step?.({ kind: 'failed', error: read.error });
    const records = read.value.slice(0, count).map((record) => withLatestHandOffs(record, handOffsMax));
    step?.({ kind: 'shown', records, more: read.value.length > records.length && count < historyMax });
  }
}
