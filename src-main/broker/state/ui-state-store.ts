import { accountsOf, accountSources } from '../../core/sessions/accounts.ts';
import { sessionDuringPrompt } from '../../core/sessions/session.ts';
import type { Notice, Profile, SessionState, UiState } from '../../contract/ui-state.ts';

/** The state without its revision and without what is derived from the rest. */
export type UiStateContent = Omit<UiState, 'revision' | 'accounts'>;

/** The state before anything was read or done. */
export function initialContent(settings: Pick<UiStateContent, 'settings' | 'language'>, rest: Pick<UiStateContent, 'files' | 'desktop'>): UiStateContent {
  return {
    ...settings,
    ...rest,
    profiles: [],
    limited: [],
    problems: [],
    otherTools: [],
    signIns: [],
    signInPrompt: null,
    prompt: null,
    question: null,
    notice: null,
    terminals: [],
    checks: {},
    sheet: null,
    keychain: { kind: 'unasked' },
    updates: { page: null, canCheck: false, step: { kind: 'idle' }, newer: null },
  };
}

/** A notice without its number, which the store gives it. */
export type NewNotice = Notice extends infer N ? (N extends Notice ? Omit<N, 'noticeId'> : never) : never;

/**
 * The one place where the state is. Every change makes a new frozen state with the next revision.
 * What one event changes without waiting reaches those who render it as one state, at the end of the
 * event, so half of a change is never shown and nothing is drawn twice.
 */
export class UiStateStore {
  #content: UiStateContent;
  #revision = 1;
  #noticeId = 0;
  /** Made when somebody looks; null after a change. */
  #shown: UiState | null = null;
  #isAnnouncing = false;
  /** What the last state was made of, and its parts that take long to make where there are thousands of profiles. */
  #made: { readonly of: UiStateContent; readonly profiles: readonly Profile[]; readonly accounts: UiState['accounts'] } | null = null;
  readonly #listeners = new Set<(state: UiState) => void>();

  constructor(initial: UiStateContent) {
    this.#content = initial;
  }

  /** The sessions as they are, without the mask that an open MFA prompt lays over them. */
  get content(): UiStateContent {
    return this.#content;
  }

  /** What is to be shown. */
  get state(): UiState {
    return (this.#shown ??= this.#render());
  }

  /** A profile with its session as it is. */
  profile(name: string): Profile | undefined {
    return this.#content.profiles.find((profile) => profile.name === name);
  }

  change(change: Partial<UiStateContent>): void {
    this.#content = { ...this.#content, ...change };
    this.#revision += 1;
    this.#shown = null;
    if (this.#isAnnouncing) return;
    this.#isAnnouncing = true;
    queueMicrotask(() => this.#announce());
  }

  changeSession(name: string, session: SessionState): void {
    const profiles = this.#content.profiles.map((profile) => (profile.name === name ? { ...profile, session } : profile));
    this.change({ profiles });
  }

  notify(notice: NewNotice): void {
    this.#noticeId += 1;
    this.change({ notice: { ...notice, noticeId: this.#noticeId } });
  }

  /** Says that what was copied is no longer in the clipboard, unless something else is said by now. */
  clipboardCleared(profile: string | null): void {
    const { notice } = this.#content;
    if (notice !== null && 'clearsAt' in notice) this.notify({ kind: 'clipboard-cleared', profile });
  }

  dismissNotice(noticeId: number): void {
    if (this.#content.notice?.noticeId === noticeId) this.change({ notice: null });
  }

  subscribe(listener: (state: UiState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #announce(): void {
    this.#isAnnouncing = false;
    const { state } = this;
    for (const listener of this.#listeners) listener(state);
  }

  #render(): UiState {
    const content = this.#content;
    const before = this.#made;
    const isAsBefore = (...parts: readonly (keyof UiStateContent)[]) => parts.every((part) => before?.of[part] === content[part]);
    const profiles = before !== null && isAsBefore('profiles', 'prompt') ? before.profiles : shownProfiles(content);
    const accounts = before !== null && isAsBefore(...accountSources) ? before.accounts : accountsOf(content);
    this.#made = { of: content, profiles, accounts };
    return Object.freeze({ ...content, profiles, accounts, revision: this.#revision });
  }
}

function shownProfiles({ profiles, prompt }: Pick<UiStateContent, 'profiles' | 'prompt'>): readonly Profile[] {
  const shown = profiles.map((profile) =>
    Object.freeze(prompt?.profile === profile.name ? { ...profile, session: sessionDuringPrompt(profile.session, prompt) } : profile),
  );
  return Object.freeze(shown);
}
