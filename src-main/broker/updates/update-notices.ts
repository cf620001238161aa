import type { Result } from '../../contract/app-error.ts';
import type { NewVersion } from '../../contract/desktop/updates.ts';
import type { Updates } from '../../contract/ui-state.ts';
import { firstCheckAt, nextCheckAt } from '../../core/updates/check-times.ts';
import type { FeedReading } from '../../core/updates/feed.ts';
import { isOfProject, type ProjectHome } from '../../core/updates/project-home.ts';
import { isOffered } from '../../core/updates/version.ts';
import type { SettingsManager } from '../state/settings-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { FeedCheck } from './check-feed.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly settings: Pick<SettingsManager, 'rememberUpdates'>;
  readonly home: ProjectHome;
  /** Asks the project's feed. */
  readonly check: (check: Omit<FeedCheck, 'proxies'>) => Promise<Result<FeedReading>>;
  /** Aborts when the app ends. */
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** From 0 to 1, another one with each call. */
  readonly random: () => number;
};

/** Timers stand still while the computer sleeps, so the clock is looked at this often, in milliseconds. */
const lookMs = 3_600_000;

/** Who asks: `user`, who wants to hear how it went, or the app by itself. */
type Asker = 'user' | 'app';

/**
 * Tells of newer versions, where the user wants that: it asks at most once a day, is silent about what goes wrong then, and
 * neither downloads nor installs anything. As long as the setting is off, it asks only when the user says *Check now*.
 */
export class UpdateNotices {
  readonly #parts: Parts;
  #notBefore: number;
  #isOn: boolean;
  #timer: NodeJS.Timeout | null = null;
  /** For whom the project is being asked. */
  #asking: Asker | null = null;

  constructor(parts: Parts) {
    const { store, home, signal, now, random } = parts;
    this.#parts = parts;
    const { tellUpdates, updates } = store.content.settings;
    const page = home.page;
    store.change({ updates: { page, canCheck: page !== null && home.keys.length > 0, step: { kind: 'idle' }, newer: this.#newerOf(updates.newest) } });
    this.#isOn = tellUpdates;
    this.#notBefore = firstCheckAt({ now: now(), random: random() });
    const unsubscribe = store.subscribe(({ settings }) => this.#follow(settings.tellUpdates));
    signal.addEventListener('abort', () => {
      unsubscribe();
      if (this.#timer !== null) clearTimeout(this.#timer);
    });
    this.#plan();
  }

  /** For who wants to know now. */
  check(): Promise<void> {
    return this.#ask('user');
  }

  /** Whether an address is one of the project's pages. */
  hasPage(url: string): boolean {
    return isOfProject(url, this.#parts.home.page);
  }

  #follow(isOn: boolean): void {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    // Who has just turned it on wants to know now.
    this.#notBefore = 0;
    this.#plan();
  }

  /** Looks again when a check is due, or an hour later at the latest. While the project is asked there is nothing to plan: its answer plans the next one. */
  #plan(): void {
    const { store, signal, now, random } = this.#parts;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#isOn || this.#asking !== null || !store.content.updates.canCheck || signal.aborted) return;
    const last = store.content.settings.updates.askedAt;
    const due = Math.max(nextCheckAt({ last, now: now(), random: random() }), this.#notBefore);
    const look = (): void => {
      const isDue = now() >= due;
      if (isDue) void this.#ask('app');
      else this.#timer = setTimeout(look, Math.min(due - now(), lookMs)).unref();
    };
    look();
  }

  async #ask(asker: Asker): Promise<void> {
    const { store, settings, home, check, signal, now } = this.#parts;
    if (home.page === null || home.keys.length === 0) return;
    const isAsking = this.#asking !== null;
    if (!isAsking || asker === 'user') this.#asking = asker;
    if (isAsking) return;
    const { desktop, settings: before } = store.content;
    settings.rememberUpdates({ askedAt: now() });
    this.#change({ step: { kind: 'checking' } });
    try {
      const read = await check({ ...home, page: home.page, running: desktop.versions.app, seenSignedAt: before.updates.signedAt, now, signal });
      if (signal.aborted) return;
      if (read.ok) {
        const { signedAt, newest } = read.value;
        settings.rememberUpdates({ answeredAt: now(), signedAt, newest });
        this.#change({ step: { kind: 'idle' }, newer: this.#newerOf(newest) });
      } else {
        this.#change({ step: this.#asking === 'user' ? { kind: 'failed', error: read.error } : { kind: 'idle' } });
      }
    } finally {
      this.#asking = null;
      this.#plan();
    }
  }

  #change(changes: Partial<Updates>): void {
    const { store } = this.#parts;
    store.change({ updates: { ...store.content.updates, ...changes } });
  }

  /** What was kept may be of an older version of the app, or of another build. */
  #newerOf(newest: NewVersion | null): NewVersion | null {
    const { store, home } = this.#parts;
    if (newest === null || home.keys.length === 0 || !isOfProject(newest.notes, home.page)) return null;
    return isOffered(newest.version, store.content.desktop.versions.app) ? newest : null;
  }
}
