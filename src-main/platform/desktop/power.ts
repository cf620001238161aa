import { powerMonitor } from 'electron';

/** Calls back with what the machine does, for as long as the app runs. */
export function watchPower(listener: (state: 'suspend' | 'resume' | 'lock' | 'unlock') => void): void {
  powerMonitor.on('suspend', () => listener('suspend'));
  powerMonitor.on('resume', () => listener('resume'));
  powerMonitor.on('lock-screen', () => listener('lock'));
  powerMonitor.on('unlock-screen', () => listener('unlock'));
}

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
