import { app } from 'electron';
import { Emitter } from '../../core/emitter.ts';

/** The starts after the first one, which hand over to it; on macOS also clicks in the Dock. A start that came too early is told when somebody listens. */
export class FurtherStarts {
  readonly #asked = new Emitter<void>();
  #early: { came: boolean } | null = { came: false };

  constructor() {
    // Programs that wait may all have found no app, and start one that stays in the tray.
    app.on('second-instance', (_event, argv) => {
      if (!argv.includes('--hidden')) this.#ask();
    });
    app.on('activate', () => this.#ask());
  }

  /** Calls back for every start that asks for the panel. */
  onPanelAsked(listener: () => void): void {
    const { came = false } = this.#early ?? {};
    this.#early = null;
    this.#asked.on(listener);
    if (came) listener();
  }

  #ask(): void {
    if (this.#early === null) this.#asked.emit();
    else this.#early.came = true;
  }
}
