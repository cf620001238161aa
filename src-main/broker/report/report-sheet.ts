import type { CommandRequest } from '../../contract/ipc.ts';
import type { ReportStep } from '../../contract/sheet.ts';
import type { ReportFacts } from '../../core/report/report-facts.ts';
import type { reportText } from '../../core/report/report-text.ts';
import type { Sheets } from '../state/sheets.ts';

type Shown = {
  readonly facts: ReportFacts;
  readonly write: typeof reportText;
  readonly masksAccounts: boolean;
  readonly step: (step: ReportStep) => boolean;
};

/** The report of a problem in the panel: one moment's facts, for as long as the sheet is open. */
export class ReportSheet {
  readonly #sheets: Pick<Sheets, 'open' | 'shown'>;
  readonly #gather: () => Promise<ReportFacts>;
  #shown: Shown | null = null;

  constructor(sheets: Pick<Sheets, 'open' | 'shown'>, gather: () => Promise<ReportFacts>) {
    this.#sheets = sheets;
    this.#gather = gather;
  }

  async show(): Promise<void> {
    const step = this.#sheets.open<'report'>({ kind: 'report', step: { kind: 'asking' } });
    const facts = await this.#gather();
    // Imported here: few people ever report a problem.
    const { reportText: write } = await import('../../core/report/report-text.ts');
    this.#show({ facts, write, masksAccounts: true, step });
  }

  /** Shows the same facts with or without the account IDs. */
  mask({ masksAccounts }: CommandRequest<'maskReport'>): void {
    if (this.#shown !== null) this.#show({ ...this.#shown, masksAccounts });
  }

  /** The text as the user sees it; null where it is not shown. */
  get text(): string | null {
    const sheet = this.#sheets.shown;
    return sheet?.kind === 'report' && sheet.step.kind === 'shown' ? sheet.step.text : null;
  }

  #show(shown: Shown): void {
    const { facts, write, masksAccounts, step } = shown;
    // A sheet that was closed has no use for its facts.
    this.#shown = step({ kind: 'shown', text: write(facts, { masksAccounts }), masksAccounts }) ? shown : null;
  }
}
