import { EventEmitter } from 'node:events';
import type { Notification, NotificationConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { showByElectron } from './shown-notification.ts';

let made: Shown[];
let supported: boolean;
/** What the system says to a notification at once. */
let answer: 'show' | 'failed' | 'nothing';

/** Stands in for Electron's class: on Linux the app does without it, and Electron 33 has no buttons on Windows. Its options are those of 45. */
class Shown extends EventEmitter {
  static isSupported(): boolean {
    return supported;
  }
  readonly close = vi.fn<() => void>();
  constructor(readonly options?: NotificationConstructorOptions) {
    super();
    made.push(this);
  }
  show(): void {
    if (answer !== 'nothing') this.emit(answer);
  }
}

const Class = Shown as unknown as typeof Notification;
const text = { title: 'prod ends', body: 'in 10 minutes', action: 'Renew' };

beforeEach(() => {
  [made, supported, answer] = [[], true, 'show'];
});

describe('a notification by Electron', () => {
  it('a notification by Electron has one button, and a click on it is a click on the notification', async () => {
    const pressed = await showByElectron(Class, text);
    expect(made[0]?.options).toEqual({ title: 'prod ends', body: 'in 10 minutes', actions: [{ type: 'button', text: 'Renew' }] });
    made[0]?.emit('action', { actionIndex: 0, selectionIndex: -1 });
    const clicked = await showByElectron(Class, text);
    made[1]?.emit('click');
    expect([await pressed?.ended, await clicked?.ended]).toEqual(['clicked', 'clicked']);
  });

  it('a notification by Electron ends when it is closed, by the person or by the app', async () => {
    const shown = await showByElectron(Class, text);
    shown?.close();
    expect(made[0]?.close).toHaveBeenCalledOnce();
    made[0]?.emit('close', { reason: 'userCanceled' });
    expect(await shown?.ended).toBe('closed');
  });

  it('a notification by Electron is not shown where the system refuses it or knows none', async () => {
    answer = 'failed';
    expect(await showByElectron(Class, text)).toBeNull();
    supported = false;
    expect(await showByElectron(Class, text)).toBeNull();
    expect(made).toHaveLength(1);
  });

  it('a notification by Electron counts as shown where the system has said nothing for five seconds, and a click is heard all the same', async () => {
    vi.useFakeTimers();
    try {
      answer = 'nothing';
      const showing = showByElectron(Class, text);
      await vi.advanceTimersByTimeAsync(5_000);
      const shown = await showing;
      made[0]?.emit('click');
      expect(await shown?.ended).toBe('clicked');
    } finally {
      vi.useRealTimers();
    }
  });
});
