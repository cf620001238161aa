import type { Sheet } from '../../contract/sheet.ts';
import type { UiStateStore } from './ui-state-store.ts';

type StepOf<K extends Sheet['kind']> = Extract<Sheet, { kind: K }>['step'];

/** The sheet in front of the panel. Results for a sheet that was closed or replaced meanwhile are dropped. */
export class Sheets {
  readonly #store: UiStateStore;
  /** Which of all sheets so far is the latest one. */
  #latest = 0;

  constructor(store: UiStateStore) {
    this.#store = store;
  }

  get shown(): Sheet | null {
    return this.#store.content.sheet;
  }

  /** Returns the way to its next steps, which answers whether the sheet is still there to show them. That may be kept: it holds nothing of a sheet that is gone. */
  open<K extends Sheet['kind']>(sheet: Extract<Sheet, { kind: K }>): (step: StepOf<K>) => boolean {
    this.#latest += 1;
    const number = this.#latest;
    this.#store.change({ sheet });
    return (step) => {
      const { shown } = this;
      if (shown === null || number !== this.#latest) return false;
      this.#store.change({ sheet: { ...shown, step } as Sheet });
      return true;
    };
  }

  close(): void {
    if (this.shown !== null) this.#store.change({ sheet: null });
  }

  /** Whether the sheet that is shown links to an address. */
  hasLink(url: string): boolean {
    return this.shown !== null && linksOf(this.shown).includes(url);
  }
}

function linksOf({ kind, step }: Sheet): readonly (string | null)[] {
  if (kind === 'activity' && step.kind === 'shown') return step.activity.events.map(({ consoleUrl }) => consoleUrl);
  return kind === 'revocation' && 'preview' in step ? [step.preview.consoleUrl] : [];
}
