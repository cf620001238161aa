import type { UiStateChanges, UiStateText } from '../../contract/ipc.ts';
import type { UiState } from '../../contract/ui-state.ts';

/**
 * Writes states for the windows. A part that is the same value as in the state before is neither written nor sent again,
 * so what thousands of profiles cost is paid only when they change. Parts must therefore be replaced, never changed.
 */
export class UiStateWriter {
  readonly #written = new Map<string, { readonly value: unknown; readonly text: string }>();
  /** What every open window knows, or is going to read. */
  #sent: Readonly<Record<string, unknown>> = {};

  textOf(state: UiState): UiStateText {
    const parts = Object.entries(state).map(([name, value]) => [name, this.#textOf(name, value)] as const);
    return Object.fromEntries(parts) as UiStateText;
  }

  /** What changed since the last state that was sent or passed over. */
  changesOf(state: UiState): UiStateChanges {
    const changed = Object.entries(state).filter(([name, value]) => this.#sent[name] !== value);
    this.#sent = state;
    const parts = changed.map(([name, value]) => [name, this.#textOf(name, value)] as const);
    return { ...Object.fromEntries(parts), revision: this.#textOf('revision', state.revision) };
  }

  /** For a state that no window is there for: one that comes later reads the whole of it. */
  passOver(state: UiState): void {
    this.#sent = state;
  }

  #textOf(name: string, value: unknown): string {
    const known = this.#written.get(name);
    if (known !== undefined && known.value === value) return known.text;
    const text = JSON.stringify(value);
    this.#written.set(name, { value, text });
    return text;
  }
}
