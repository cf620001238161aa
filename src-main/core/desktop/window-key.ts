/** What a key does to the window that has the focus. */
export type WindowKey = 'close' | 'zoom-in' | 'zoom-out' | 'zoom-reset';

/** A key as Electron's `before-input-event` reports it. */
export type KeyInput = {
  readonly type: string;
  readonly key: string;
  readonly control: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
};

const keys: Readonly<Record<string, WindowKey>> = { w: 'close', '+': 'zoom-in', '=': 'zoom-in', '-': 'zoom-out', _: 'zoom-out', '0': 'zoom-reset' };

/** What a key does with Ctrl, or with ⌘ on macOS; null for every other key. Some keyboards have the plus on Shift, others do not. */
export function windowKey({ type, key, control, meta, alt }: KeyInput, platform: NodeJS.Platform): WindowKey | null {
  const [held, other] = platform === 'darwin' ? [meta, control] : [control, meta];
  if (type !== 'keyDown' || !held || other || alt) return null;
  return keys[key.toLowerCase()] ?? null;
}

/** The zoom factors of a window, as in the menus of browsers. */
const steps: readonly number[] = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** The next zoom factor. The current one may lie slightly beside a step, because Chromium rounds it. */
export function zoomed(factor: number, key: Exclude<WindowKey, 'close'>): number {
  const rounding = 0.005;
  switch (key) {
    case 'zoom-reset':
      return 1;
    case 'zoom-in':
      return steps.find((step) => step > factor + rounding) ?? factor;
    case 'zoom-out':
      return steps.findLast((step) => step < factor - rounding) ?? factor;
  }
}
