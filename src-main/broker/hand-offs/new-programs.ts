import type { Asker } from '../../contract/question.ts';
import { knownProgramsMax } from '../../contract/settings.ts';
import { Emitter } from '../../core/emitter.ts';
import type { SettingsManager } from '../state/settings-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

/** A program that got a session of the profile, and never had one before. */
export type NewProgram = { readonly profile: string; readonly accountId: string; readonly program: Asker };

type Parts = { readonly store: Pick<UiStateStore, 'content'>; readonly settings: Pick<SettingsManager, 'keepKnownPrograms'> };

/** Notices the first hand-off to each executable. It remembers their paths, the latest ones, and nothing else of them. */
export class NewPrograms {
  readonly #parts: Parts;
  readonly #noticed = new Emitter<NewProgram>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  onNew(listener: (program: NewProgram) => void): () => void {
    return this.#noticed.on(listener);
  }

  handedOff({ profile, accountId, program }: NewProgram): void {
    const { store, settings } = this.#parts;
    const { knownPrograms } = store.content.settings;
    // Where the executable is not known, its name has to do.
    const name = program.executable ?? (program.peer ?? program).command.split(' ')[0] ?? '';
    if (knownPrograms.includes(name)) return;
    settings.keepKnownPrograms([name, ...knownPrograms].slice(0, knownProgramsMax));
    this.#noticed.emit({ profile, accountId, program });
  }
}
