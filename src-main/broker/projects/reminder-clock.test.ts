import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sampleDesktop } from '../../../testing/samples/sample-state.ts';
import { Settings, type Deployed, type Project } from '../../contract/settings.ts';
import { ReminderClock } from './reminder-clock.ts';
import { initialContent, UiStateStore } from '../state/ui-state-store.ts';

const hour = 3_600_000;
const day = 24 * hour;
const folder = '/srv/network';
const applied = Date.parse('2026-11-27T10:00:00Z');

const deployed: Deployed = { at: applied, profile: 'default', accountIds: [], destroyRanAt: null, remindedAt: null };
const project: Project = { profile: null, accounts: {}, runSeconds: { apply: [], destroy: [] }, remindAfterHours: 4, deployed };

let store: UiStateStore;
let clock: ReminderClock;
let told: number[];
/** Whether the user is not to be disturbed. */
let isDisturbed = false;

beforeEach(() => {
  vi.useFakeTimers({ now: applied });
  told = [];
  isDisturbed = false;
  store = new UiStateStore(
    initialContent(
      { settings: Settings.parse({ projects: { [folder]: project } }), language: 'en' },
      {
        files: { config: '', credentials: '' },
        desktop: sampleDesktop,
      },
    ),
  );
  clock = start();
});
afterEach(() => {
  clock.dispose();
  vi.useRealTimers();
});

const start = () =>
  new ReminderClock({
    store,
    now: () => Date.now(),
    onReminder: () => {
      if (!isDisturbed) told.push(Date.now() - applied);
      return Promise.resolve(!isDisturbed);
    },
    reminded: () => change({ deployed: { ...deployed, remindedAt: Date.now() } }),
  });

function change(part: Partial<Project>): void {
  const { settings } = store.content;
  store.change({ settings: { ...settings, projects: { [folder]: { ...project, ...settings.projects[folder], ...part } } } });
}

/** To the second, since a timer is set a millisecond later than what it waits for. */
const seconds = () => told.map((at) => Math.floor(at / 1000) * 1000);

it('reminds in time, once, and every day from then on', async () => {
  await vi.advanceTimersByTimeAsync(4 * hour - 1);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(day - 1);
  expect(seconds()).toEqual([4 * hour]);
  await vi.advanceTimersByTimeAsync(2 * day);
  expect(seconds()).toEqual([4 * hour, 4 * hour + day, 4 * hour + 2 * day]);
});

it('reminds at the start of what was due while the app was not there', async () => {
  clock.dispose();
  vi.setSystemTime(applied + 3 * day);
  clock = start();
  await vi.advanceTimersByTimeAsync(10);
  expect(told).toHaveLength(1);
});

it('reminds once after a sleep, however long, as soon as it looks', async () => {
  // Timers stand still while a machine sleeps.
  vi.setSystemTime(applied + 5 * day);
  clock.tick();
  clock.tick();
  await vi.advanceTimersByTimeAsync(0);
  expect(seconds()).toEqual([5 * day]);
  await vi.advanceTimersByTimeAsync(day - 1000);
  expect(told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toHaveLength(2);
});

it('is not misled by a clock that is set back, and neither repeats itself nor spins', async () => {
  await vi.advanceTimersByTimeAsync(4 * hour + 10);
  vi.setSystemTime(applied - hour);
  clock.tick();
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(day);
  expect(told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(6 * hour);
  expect(told).toHaveLength(2);
});

it('does not remind when the choice was taken back, or all was destroyed, meanwhile', async () => {
  change({ remindAfterHours: null });
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(2 * day);
  change({ remindAfterHours: 4, deployed: null });
  await vi.advanceTimersByTimeAsync(2 * day);
  expect(told).toEqual([]);
});

it('reminds at once when a choice is made whose time is over already', async () => {
  change({ remindAfterHours: null });
  await vi.advanceTimersByTimeAsync(day);
  change({ remindAfterHours: 1 });
  await vi.advanceTimersByTimeAsync(10);
  expect(seconds()).toEqual([day]);
});

it('leaves nothing behind', async () => {
  clock.dispose();
  expect(vi.getTimerCount()).toBe(0);
  change({ remindAfterHours: 1 });
  await vi.advanceTimersByTimeAsync(2 * day);
  expect(told).toEqual([]);
});

it('tries again in an hour with a user who does not want to be disturbed', async () => {
  isDisturbed = true;
  await vi.advanceTimersByTimeAsync(6 * hour);
  expect(told).toEqual([]);
  isDisturbed = false;
  await vi.advanceTimersByTimeAsync(hour);
  expect(told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(23 * hour);
  expect(told).toHaveLength(1);
});
