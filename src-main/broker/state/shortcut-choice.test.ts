import { expect, it } from 'vitest';
import { Settings } from '../../contract/settings.ts';
import { succeeded } from '../../core/errors.ts';
import { settingsContent, SettingsManager } from './settings-manager.ts';
import { ShortcutChoice } from './shortcut-choice.ts';
import { initialContent, UiStateStore } from './ui-state-store.ts';

const files = { config: '', credentials: '' };

/** What other programs have taken, and what the app has. */
function rig(globalShortcut: string, { others = [] as readonly string[], isWayland = false } = {}) {
  const start = Settings.parse({ globalShortcut });
  const versions = { app: '0.1.0', electron: '45.4.1' };
  const desktop = { platform: 'linux', tray: 'shown', dataFolder: '/data', home: '/home/alice', unofficialRuntime: null, versions, isWayland } as const;
  const store = new UiStateStore(initialContent(settingsContent(start, []), { files, desktop }));
  const settings = new SettingsManager({ read: () => ({ settings: start, problem: null }), write: async () => succeeded(null) }, [], store);
  const has = new Set<string>();
  const wakeUps = new Set<() => void>();
  const onWakeUp = (callback: () => void) => (wakeUps.add(callback), { dispose: () => wakeUps.delete(callback) });
  const wakeUp = () => {
    for (const callback of wakeUps) callback();
  };
  const system = { take: (keys: string) => !others.includes(keys) && Boolean(has.add(keys)), release: () => has.clear() };
  return { store, settings, has, wakeUp, choice: new ShortcutChoice({ store, settings, system, onWakeUp }) };
}

const announced = () => Promise.resolve();

it('without a choice no shortcut is taken', () => {
  expect([...rig('').has]).toEqual([]);
});

it('a chosen shortcut is taken at once and at each start, in place of the one before, and released with the choice and at the end', async () => {
  const { settings, has, choice } = rig('Control+Alt+S');
  expect([...has]).toEqual(['Control+Alt+S']);
  settings.change({ globalShortcut: 'Alt+Space' });
  await announced();
  expect([...has]).toEqual(['Alt+Space']);
  settings.change({ globalShortcut: '' });
  await announced();
  expect([...has]).toEqual([]);
  settings.change({ globalShortcut: 'Alt+Space' });
  await announced();
  choice.dispose();
  expect([...has]).toEqual([]);
});

it('a shortcut that another program has is refused in a sentence when it is chosen, and chosen no more', async () => {
  const { store, settings, has } = rig('', { others: ['Control+Alt+S'] });
  settings.change({ globalShortcut: 'Control+Alt+S' });
  await announced();
  expect([...has]).toEqual([]);
  expect(store.content.settings.globalShortcut).toBe('');
  expect(store.content.notice).toMatchObject({ kind: 'failed', error: { code: 'shortcut-refused', params: { keys: 'Ctrl+Alt+S' } } });
});

it('a shortcut that is refused leaves the one that the app had, as long as the system still gives that', async () => {
  const others = ['Control+Alt+S'];
  const { store, settings, has } = rig('Alt+Space', { others });
  settings.change({ globalShortcut: 'Control+Alt+S' });
  await announced();
  await announced();
  expect([[...has], store.content.settings.globalShortcut]).toEqual([['Alt+Space'], 'Alt+Space']);
  others.push('Alt+Space', 'Control+Alt+T');
  settings.change({ globalShortcut: 'Control+Alt+T' });
  for (let turn = 0; turn < 5; turn += 1) await announced();
  expect([[...has], store.content.settings.globalShortcut]).toEqual([[], '']);
});

it('a shortcut that is refused at the start stays chosen, for a start at which nobody else has it', async () => {
  const { store } = rig('Control+Alt+S', { others: ['Control+Alt+S'] });
  expect(store.content.notice).toMatchObject({ error: { code: 'shortcut-refused' } });
  await announced();
  expect(store.content.settings.globalShortcut).toBe('Control+Alt+S');
});

it('under Wayland no shortcut is taken, and nothing is said about one that was chosen elsewhere', async () => {
  const { store, has } = rig('Control+Alt+S', { isWayland: true });
  await announced();
  expect([[...has], store.content.notice, store.content.settings.globalShortcut]).toEqual([[], null, 'Control+Alt+S']);
});

it('a shortcut is taken anew when the computer wakes up or is unlocked, where the system has forgotten it or another program had it', async () => {
  const others = ['Control+Alt+S'];
  const { store, settings, has, wakeUp, choice } = rig('Control+Alt+S', { others });
  others.pop();
  wakeUp();
  expect([...has]).toEqual(['Control+Alt+S']);
  has.clear();
  wakeUp();
  expect([...has]).toEqual(['Control+Alt+S']);
  settings.change({ globalShortcut: '' });
  await announced();
  wakeUp();
  expect([...has]).toEqual([]);
  settings.change({ globalShortcut: 'Control+Alt+S' });
  await announced();
  choice.dispose();
  wakeUp();
  expect([[...has], store.content.settings.globalShortcut]).toEqual([[], 'Control+Alt+S']);
});

it('a shortcut that another program has taken over a sleep stays chosen, and nobody is told of it again', () => {
  const others: string[] = [];
  const { store, has, wakeUp } = rig('Control+Alt+S', { others });
  others.push('Control+Alt+S');
  wakeUp();
  expect([[...has], store.content.notice, store.content.settings.globalShortcut]).toEqual([[], null, 'Control+Alt+S']);
});

it('under Wayland no shortcut is taken when the computer wakes up either', () => {
  const { has, wakeUp } = rig('Control+Alt+S', { isWayland: true });
  wakeUp();
  expect([...has]).toEqual([]);
});
