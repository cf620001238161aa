import { app } from 'electron';
import { PatientEmitter } from '../../core/emitter.ts';

/** The starts after the first one, which hand over to it; on macOS also clicks in the Dock. A start that came too early is told when somebody listens. */
export class FurtherStarts {
  readonly #asked = new PatientEmitter<void>();

  constructor() {
    // Programs that wait may all have found no app, and start one that stays in the tray.
    app.on('second-instance', (_event, argv) => {
      if (!argv.includes('--hidden')) this.#asked.emit();
    });
    app.on('activate', () => this.#asked.emit());
  }

  /** Calls back for every start that asks for the panel. */
  onPanelAsked(listener: () => void): void {
    this.#asked.on(listener);
  }
}
