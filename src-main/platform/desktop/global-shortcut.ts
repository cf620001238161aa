import { globalShortcut } from 'electron';

/** The app's one shortcut that works in every program. `onPressed` hears of each press. */
export function systemShortcut(onPressed: () => void) {
  return {
    /** False where the system, or another program, does not give it. */
    take: (accelerator: string): boolean => globalShortcut.register(accelerator, onPressed),
    release: (): void => globalShortcut.unregisterAll(),
  };
}
