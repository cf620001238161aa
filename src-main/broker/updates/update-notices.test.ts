import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleDesktop } from '../../../testing/samples/sample-state.ts';
import type { Result } from '../../contract/app-error.ts';
import { Settings } from '../../contract/settings.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { FeedReading } from '../../core/updates/feed.ts';
import { toldVersion } from '../../core/updates/told-version.ts';
import { settingsContent, SettingsManager } from '../state/settings-manager.ts';
import { initialContent, UiStateStore } from '../state/ui-state-store.ts';
import { UpdateNotices } from './update-notices.ts';

const hour = 3_600_000;
const page = 'https://example.com/owner/sts-tray';
const newest = { version: '0.2.0', date: '2026-12-24', notes: `${page}/releases/tag/v0.2.0` };
const unreached = failed(appError('update-not-reached', { host: 'example.com', reason: 'ENOTFOUND' }));

/** The project: what it answers, and when it was asked, in hours since the start. */
let project: { answer: () => Promise<Result<FeedReading>>; asked: number[]; seen: number[] };
let kept: Settings;
let store: UiStateStore;
let notices: UpdateNotices;
let quit: AbortController;
/** How often the clock was looked at: timers never come where that goes on without end. */
let looks: number;
const end = () => quit.abort();

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 * hour });
  project = { answer: async () => succeeded({ signedAt: 1, newest }), asked: [], seen: [] };
  kept = Settings.parse({});
  looks = 0;
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

/** The app as it starts with what was kept. */
function start({ keys = ['a key'], home = page, running = '0.1.0' }: { keys?: string[]; home?: string | null; running?: string } = {}): void {
  store = new UiStateStore(
    initialContent(settingsContent(kept, []), {
      files: { config: '', credentials: '' },
      desktop: { ...sampleDesktop, versions: { app: running, electron: '' } },
    }),
  );
  const settings = new SettingsManager(
    {
      read: () => ({ settings: kept, problem: null }),
      write: async (written) => {
        kept = Settings.parse(JSON.parse(JSON.stringify(written)));
        return succeeded(null);
      },
    },
    [],
    store,
  );
  quit = new AbortController();
  notices = new UpdateNotices({
    store,
    settings,
    home: { page: home, keys },
    check: ({ seenSignedAt }) => {
      project.asked.push(Date.now() / hour - 1_000);
      project.seen.push(seenSignedAt);
      return project.answer();
    },
    signal: quit.signal,
    now: () => {
      looks += 1;
      if (looks > 10_000) throw new Error('The clock is looked at without end');
      return Date.now();
    },
    random: () => 0.5,
  });
  change = (tellUpdates) => settings.change({ tellUpdates });
  close = (closed) => settings.rememberUpdates({ closed });
}
let change: (tellUpdates: boolean) => void;
let close: (version: string) => void;

const pass = (hours: number) => vi.advanceTimersByTimeAsync(hours * hour);
const told = () => toldVersion(store.content)?.version ?? null;

describe('news of versions', () => {
  it('nobody is asked, now or later, as long as the user has not turned it on', async () => {
    start();
    await pass(100);
    expect(project.asked).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('who turns it on is told at once, and from then on the project is asked once a day', async () => {
    start();
    change(true);
    await pass(0);
    expect([project.asked, told()]).toEqual([[0], '0.2.0']);
    await pass(24 + 25 + 25 + 1);
    expect(project.asked).toEqual([0, 25, 50, 75]);
  });

  it('turned off, nothing is told any more and nobody is asked', async () => {
    start();
    change(true);
    await pass(0);
    change(false);
    await pass(100);
    expect([project.asked, told(), vi.getTimerCount()]).toEqual([[0], null, 0]);
  });

  it('turned off and on again within the day, nobody is asked again', async () => {
    start();
    for (const isOn of [true, false, true]) {
      change(isOn);
      await pass(1);
    }
    expect([project.asked, told()]).toEqual([[0], '0.2.0']);
  });

  it('a start that is due waits some minutes, and one within the day asks nobody and tells what was known', async () => {
    start();
    change(true);
    await pass(0);
    end();
    await pass(2);
    start();
    expect(told()).toBe('0.2.0');
    await pass(20);
    expect(project.asked).toEqual([0]);
    end();
    await pass(10);
    start();
    await pass(0.1);
    expect(project.asked).toEqual([0]);
    await pass(0.1);
    expect(project.asked).toHaveLength(2);
  });

  it('a computer that slept for a day asks within the hour', async () => {
    start();
    change(true);
    await pass(0);
    vi.setSystemTime(Date.now() + 30 * hour);
    await pass(1);
    expect(project.asked).toEqual([0, 31]);
  });

  it('what goes wrong in the background is not told, and asked again a day later', async () => {
    project.answer = async () => unreached;
    start();
    change(true);
    await pass(0);
    expect([store.content.updates.step, store.content.notice]).toEqual([{ kind: 'idle' }, null]);
    await pass(30);
    expect(project.asked).toEqual([0, 25]);
  });

  it('what goes wrong is told to who asks, who may ask while it is off too, and is told nothing elsewhere', async () => {
    project.answer = async () => unreached;
    start();
    const asked = notices.check();
    expect(store.content.updates.step).toEqual({ kind: 'checking' });
    await asked;
    expect(store.content.updates.step).toEqual({ kind: 'failed', error: unreached.error });
    project.answer = async () => succeeded({ signedAt: 1, newest });
    await notices.check();
    expect([store.content.updates, told()]).toEqual([{ page, canCheck: true, step: { kind: 'idle' }, newer: newest }, null]);
  });

  it('who asks while the app asks gets that answer, also where it is that something went wrong', async () => {
    let answer: (result: Result<FeedReading>) => void = () => undefined;
    project.answer = () => new Promise((resolve) => (answer = resolve));
    start();
    change(true);
    await pass(0);
    await notices.check();
    answer(unreached);
    await pass(0);
    expect([project.asked, store.content.updates.step.kind]).toEqual([[0], 'failed']);
  });

  it('a clock that is set back while the project is asked has nobody asked without end', async () => {
    let answer: (result: Result<FeedReading>) => void = () => undefined;
    project.answer = () => new Promise((resolve) => (answer = resolve));
    start();
    const asked = notices.check();
    vi.setSystemTime(Date.now() - 1_000);
    change(true);
    await pass(0);
    answer(succeeded({ signedAt: 1, newest }));
    await asked;
    // Once more, since the first time has yet to come by the clock as it is now.
    expect([project.asked.length, told(), looks < 100]).toEqual([2, '0.2.0', true]);
  });

  it('who has asked is not followed by the app within the day', async () => {
    start();
    change(true);
    await pass(23);
    await notices.check();
    await pass(24);
    expect(project.asked).toEqual([0, 23]);
  });

  it('a candidate that was kept is not told to who runs a release again', async () => {
    project.answer = async () => succeeded({ signedAt: 1, newest: { ...newest, version: '0.2.0-rc.2' } });
    start({ running: '0.2.0-rc.1' });
    change(true);
    await pass(0);
    expect(told()).toBe('0.2.0-rc.2');
    end();
    start({ running: '0.1.0' });
    expect(told()).toBeNull();
  });

  it('a version that the user closed is not told again, and the next one is', async () => {
    start();
    change(true);
    await pass(0);
    close('0.2.0');
    expect([told(), store.content.updates.newer]).toEqual([null, newest]);
    end();
    start();
    expect(told()).toBeNull();
    project.answer = async () => succeeded({ signedAt: 2, newest: { ...newest, version: '0.3.0' } });
    await notices.check();
    expect(told()).toBe('0.3.0');
  });

  it('a version that runs by now, or whose notes are not of the project, is not told', async () => {
    start();
    change(true);
    await pass(0);
    end();
    start({ running: '0.2.0' });
    expect(told()).toBeNull();
    end();
    start({ home: 'https://example.com/other/project' });
    expect(told()).toBeNull();
  });

  it('when the last feed was signed is kept over a restart, so that no older one is believed', async () => {
    project.answer = async () => succeeded({ signedAt: 77, newest: null });
    start();
    await notices.check();
    end();
    start();
    await notices.check();
    expect(project.seen).toEqual([0, 77]);
  });

  it('only what is below the page of the project is a page of it', () => {
    start();
    expect([page, newest.notes, `${page}/../other`, 'https://example.com/'].map((url) => notices.hasPage(url))).toEqual([true, true, false, false]);
  });

  it.each([{ keys: [] }, { home: null }])('a build with %j says that it cannot check, and asks nobody', async (build) => {
    kept = Settings.parse({ tellUpdates: true });
    start(build);
    await notices.check();
    await pass(100);
    expect([store.content.updates.canCheck, project.asked, store.content.settings.updates.askedAt]).toEqual([false, [], null]);
  });

  it('an app that ends takes no answer any more', async () => {
    let answer: (result: Result<FeedReading>) => void = () => undefined;
    project.answer = () => new Promise((resolve) => (answer = resolve));
    start();
    change(true);
    await pass(0);
    end();
    answer(succeeded({ signedAt: 1, newest }));
    await pass(100);
    expect([project.asked, store.content.updates.newer]).toEqual([[0], null]);
  });
});
