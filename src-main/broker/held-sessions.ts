import type { AppError } from '../contract/app-error.ts';
import type { Keychain, Profile } from '../contract/ui-state.ts';
import type { SessionCredentials } from '../core/credentials.ts';
import { isSameSource, type MadeFrom } from '../core/made-from.ts';
import { isLive, sessionAt, type LiveSession } from '../core/session.ts';
import type { KeptSession } from '../vault/kept-session.ts';
import type { SessionVault } from '../vault/session-vault.ts';
import type { UiStateStore } from './ui-state-store.ts';

/** A session that can be handed out now. */
export type LiveHeld = { readonly profile: Profile; readonly session: LiveSession; readonly credentials: SessionCredentials };

/** What was true of a profile when AWS was asked for its session. */
export type Ticket = { readonly madeFrom: MadeFrom; readonly endings: number };

/** The sessions that the app holds: their secrets in the vault, all else about them in the state. */
export class HeldSessions {
  readonly #store: UiStateStore;
  readonly #vault: SessionVault;
  readonly #keychain: () => Promise<Keychain>;
  readonly #now: () => number;
  #madeFrom: ReadonlyMap<string, MadeFrom> = new Map();
  /** How often the session of each profile was ended. */
  readonly #endings = new Map<string, number>();

  constructor(parts: {
    readonly store: UiStateStore;
    readonly vault: SessionVault;
    readonly keychain: () => Promise<Keychain>;
    readonly now: () => number;
  }) {
    this.#store = parts.store;
    this.#vault = parts.vault;
    this.#keychain = parts.keychain;
    this.#now = parts.now;
  }

  /** The session of a profile while AWS would still accept it. */
  find(name: string): LiveHeld | null {
    const profile = this.#store.profile(name);
    const credentials = this.#vault.credentialsOf(name);
    if (profile === undefined || !isLive(profile.session) || credentials === null) return null;
    return credentials.expiresAt > this.#now() ? { profile, session: profile.session, credentials } : null;
  }

  /** What a session of the profile would be made from now. */
  sourceOf(name: string): MadeFrom {
    return this.#madeFrom.get(name) ?? { accessKeyId: null, roles: null };
  }

  /** Takes over what the AWS files say, and ends the sessions that were made from something else. */
  configLoaded(madeFrom: ReadonlyMap<string, MadeFrom>): void {
    this.#madeFrom = madeFrom;
    for (const { name } of this.#store.content.profiles) {
      const source = this.#vault.madeFrom(name);
      if (source !== null && madeFrom.has(name) && !isSameSource(source, this.sourceOf(name))) this.end(name);
    }
  }

  /** To be taken before AWS is asked for a session. */
  ticket(name: string): Ticket {
    return { madeFrom: this.sourceOf(name), endings: this.#endings.get(name) ?? 0 };
  }

  /** Holds a session, unless its profile means something else by now or the user has ended it meanwhile. */
  hold(name: string, issued: Omit<KeptSession, 'madeFrom'>, { madeFrom, endings }: Ticket): boolean {
    const now = this.ticket(name);
    if (endings !== now.endings || !isSameSource(madeFrom, now.madeFrom)) return false;
    const kept = { ...issued, madeFrom };
    this.#vault.hold(name, kept);
    this.#show(name, kept);
    if (kept.origin === 'code') void this.#tellOfVault();
    return true;
  }

  /** The alias comes after the session: it is only a nicety. Meanwhile that session may be gone, or renewed. */
  nameAccount(name: string, issuedAt: number, accountAlias: string | null): void {
    const held = this.find(name);
    if (held === null || held.session.issuedAt !== issuedAt || accountAlias === null) return;
    const identity = { ...held.session.identity, accountAlias };
    const { origin } = held.session;
    const madeFrom = this.#vault.madeFrom(name) ?? this.sourceOf(name);
    this.#vault.hold(name, { credentials: held.credentials, identity, issuedAt, origin, madeFrom });
    this.#store.changeSession(name, { ...held.session, identity });
  }

  end(name: string): void {
    this.#endings.set(name, (this.#endings.get(name) ?? 0) + 1);
    this.#vault.forget(name);
    this.#store.changeSession(name, { kind: 'none' });
  }

  /** AWS takes it no longer, whatever its `Expiration` says. */
  expire(name: string): void {
    const session = this.#store.profile(name)?.session;
    if (session === undefined || !isLive(session)) return;
    this.#vault.forget(name);
    this.#store.changeSession(name, { kind: 'expired', identity: session.identity, expiredAt: this.#now() });
  }

  /** Lets the wall clock take effect: after a timer, a resume, a change of the system's time. */
  timePassed(): void {
    const now = this.#now();
    for (const { name, session } of this.#store.content.profiles) {
      const current = sessionAt(session, now);
      if (current === session) continue;
      if (!isLive(current)) this.#vault.forget(name);
      this.#store.changeSession(name, current);
    }
  }

  /** Takes up the sessions of the last run, of the profiles that are still there: at the start, and once a locked keychain is open. */
  async restore(): Promise<void> {
    const { sessions, problem } = await this.#vault.restore();
    for (const [name, kept] of sessions) {
      const profile = this.#store.profile(name);
      if (profile === undefined || !isSameSource(kept.madeFrom, this.sourceOf(name))) this.#vault.forget(name);
      else if (!isLive(profile.session)) this.#show(name, kept);
    }
    const asked = this.#store.content.keychain.kind !== 'unasked';
    if (asked || sessions.size > 0 || problem !== null) this.#store.change({ keychain: await this.#keychain() });
    if (problem !== null) this.#tell(problem);
  }

  #show(name: string, { identity, origin, issuedAt, credentials: { expiresAt } }: KeptSession): void {
    const session = { kind: 'active', identity, origin, issuedAt, expiresAt } as const;
    this.#store.changeSession(name, sessionAt(session, this.#now()));
  }

  async #tellOfVault(): Promise<void> {
    this.#store.change({ keychain: await this.#keychain() });
    const problem = await this.#vault.settled();
    if (problem !== null) this.#tell(problem);
  }

  /** That there is no keychain is part of the state, and no event. */
  #tell(problem: AppError): void {
    const { keychain } = this.#store.content;
    if (keychain.kind === 'unavailable') return;
    this.#store.notify({ kind: 'failed', profile: null, error: problem });
  }
}
