import type { UiStateText } from '../../contract/ipc.ts';
import type { UiState } from '../../contract/ui-state.ts';

/**
 * Writes states for the windows. A part that is the same value as in the state before is not written again, so what
 * thousands of profiles cost is paid only when they change. Parts must therefore be replaced, never changed.
 */
export class UiStateWriter {
  readonly #written = new Map<string, { readonly value: unknown; readonly text: string }>();

  textOf(state: UiState): UiStateText {
    const parts = Object.entries(state).map(([name, value]) => [name, this.#textOf(name, value)] as const);
    return Object.fromEntries(parts) as UiStateText;
  }

  #textOf(name: string, value: unknown): string {
    const known = this.#written.get(name);
    if (known !== undefined && known.value === value) return known.text;
    const text = JSON.stringify(value);
    this.#written.set(name, { value, text });
    return text;
  }
}
