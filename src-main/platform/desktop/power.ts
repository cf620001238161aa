import { powerMonitor } from 'electron';

/** Calls back when the machine wakes up or is unlocked, because timers may be late then. */
export function onWakeUp(callback: () => void): { dispose: () => void } {
  powerMonitor.on('resume', callback);
  powerMonitor.on('unlock-screen', callback);
  return {
    dispose: () => {
      powerMonitor.off('resume', callback);
      powerMonitor.off('unlock-screen', callback);
    },
  };
}
