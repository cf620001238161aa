import type { AppError } from '../../contract/app-error.ts';
import type { EndReason } from '../../contract/ledger.ts';
import type { Keychain, Profile } from '../../contract/ui-state.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { Emitter } from '../../core/emitter.ts';
import { roleNameOf, userNameOf } from '../../core/aws-names/arn.ts';
import { isoSeconds } from '../../core/hand-offs/exports.ts';
import type { KnownSources, SessionSource } from '../../core/profiles/session-source.ts';
import { isRevoked } from '../../core/revocation/revoked-sessions.ts';
import { endOf, isLive, sessionAt, type LiveSession } from '../../core/sessions/session.ts';
import type { KeptSession } from '../../vault/kept-session.ts';
import type { SessionVault } from '../../vault/session-vault.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { Limit } from './limits.ts';
import { SessionSources } from './session-sources.ts';

/** A session that can be handed out now. */
export type LiveHeld = {
  readonly profile: Profile;
  readonly session: LiveSession;
  readonly credentials: SessionCredentials;
  /** What limits it, where it has session policies; left out for a profile's own session. */
  readonly limit?: Limit;
};

/** A session as AWS issued it; what it was made from is known here. */
type NewSession = Omit<KeptSession, 'madeFrom'>;

/** The sessions that the app holds: their secrets in the vault, all else about them in the state. */
export class HeldSessions {
  readonly #store: UiStateStore;
  readonly #vault: SessionVault;
  readonly #ledger: Pick<Ledger, 'record'>;
  readonly #keychain: () => Promise<Keychain>;
  readonly #now: () => number;
  readonly #sources: SessionSources;
  /** How often the session of each profile was ended. */
  readonly #endings = new Map<string, number>();
  readonly #ended = new Emitter<{ readonly profile: string; readonly how: EndReason }>();

  constructor(parts: {
    readonly store: UiStateStore;
    readonly vault: SessionVault;
    readonly ledger: Pick<Ledger, 'record'>;
    readonly keychain: () => Promise<Keychain>;
    readonly now: () => number;
  }) {
    this.#store = parts.store;
    this.#vault = parts.vault;
    this.#ledger = parts.ledger;
    this.#keychain = parts.keychain;
    this.#now = parts.now;
    this.#sources = new SessionSources(parts.store);
  }

  /** The session of a profile while AWS would still accept it. */
  find(name: string): LiveHeld | null {
    const profile = this.#store.profile(name);
    const credentials = this.#vault.credentialsOf(name);
    if (profile === undefined || !isLive(profile.session) || credentials === null) return null;
    return credentials.expiresAt > this.#now() ? { profile, session: profile.session, credentials } : null;
  }

  /** What a session of the profile would be made from now. */
  sourceOf(name: string): SessionSource {
    return this.#sources.of(name);
  }

  /** Takes over what the AWS files say, and ends the sessions that were made from something else. */
  configLoaded(sources: KnownSources): void {
    this.#sources.configLoaded(sources);
    for (const { name } of this.#store.content.profiles) {
      const source = this.#vault.sourceOf(name);
      if (source === null || !this.#sources.has(name)) continue;
      const present = this.#sources.presentOf(name, source);
      if (present === null) this.end(name, 'profile-changed');
      else this.#keepSource(name, present);
    }
  }

  /** A rotation put a new access key of the same user in the place of an old one: its sessions stay. */
  keyReplaced(oldKeyId: string, newKeyId: string): void {
    this.#sources.keyReplaced(oldKeyId, newKeyId);
  }

  /**
   * Call this before AWS is asked for a session of the profile. The returned function holds what AWS
   * issued; false when it did not, because the profile means something else by now or the user ended
   * its session meanwhile. `codeFrom` is the program that gave the code; null for one that was typed.
   */
  expect(name: string): (issued: NewSession, codeFrom: string | null) => boolean {
    const askedWith = this.sourceOf(name);
    const endings = this.#endings.get(name) ?? 0;
    return (issued, codeFrom) => {
      const madeFrom = this.#sources.presentOf(name, askedWith);
      if (madeFrom === null || endings !== (this.#endings.get(name) ?? 0)) return false;
      this.#hold(name, { ...issued, madeFrom }, codeFrom);
      return true;
    };
  }

  /** Adds the account's alias, which is optional and comes later; the session may have ended or been renewed meanwhile. */
  nameAccount(name: string, issuedAt: number, accountAlias: string | null): void {
    const held = this.find(name);
    if (held === null || held.session.issuedAt !== issuedAt || accountAlias === null) return;
    const identity = { ...held.session.identity, accountAlias };
    this.#keep({ ...held, session: { ...held.session, identity } }, this.#vault.sourceOf(name) ?? this.sourceOf(name));
    this.#store.changeSession(name, { ...held.session, identity });
  }

  /** A session, or what would have been one, was ended before its time. Returns the way to stop listening. */
  onEnded(listener: (ended: { readonly profile: string; readonly how: EndReason }) => void): () => void {
    return this.#ended.on(listener);
  }

  end(name: string, how: EndReason = 'ended'): void {
    this.#recordEnding(name, how);
    this.#endings.set(name, (this.#endings.get(name) ?? 0) + 1);
    this.#vault.forget(name);
    this.#store.changeSession(name, { kind: 'none' });
    this.#ended.emit({ profile: name, how });
  }

  /** AWS no longer accepts the session, whatever its `Expiration` says. */
  expire(name: string): void {
    const session = this.#store.profile(name)?.session;
    if (session === undefined || !isLive(session)) return;
    this.#recordEnding(name, 'refused');
    this.#vault.forget(name);
    this.#store.changeSession(name, { kind: 'expired', identity: session.identity, expiredAt: this.#now() });
    this.#ended.emit({ profile: name, how: 'refused' });
  }

  /** Updates sessions to the wall clock: after a timer, a resume, or a change of the system's time. */
  timePassed(): void {
    const now = this.#now();
    for (const { name, session } of this.#store.content.profiles) {
      const current = sessionAt(session, now);
      if (current === session) continue;
      if (!isLive(current)) this.#vault.forget(name);
      this.#store.changeSession(name, current);
    }
  }

  /** Restores the sessions of the last run for profiles that still exist: at the start, and when a locked keychain is opened. */
  async restore(): Promise<void> {
    const { sessions, problem } = await this.#vault.restore();
    for (const [name, kept] of sessions) {
      const profile = this.#store.profile(name);
      const source = this.#sources.presentOf(name, kept.madeFrom);
      if (profile === undefined || source === null) {
        this.#drop(name, kept, 'profile-changed');
        continue;
      }
      // The app ended between AWS's taking the revocation and the end of the session here.
      if (isRevoked(kept, this.#store.content.settings.revocations)) {
        this.#drop(name, kept, 'revoked');
        continue;
      }
      if (!isLive(profile.session)) this.#show(name, kept);
      this.#keepSource(name, source);
    }
    const asked = this.#store.content.keychain.kind !== 'unasked';
    if (asked || sessions.size > 0 || problem !== null) this.#store.change({ keychain: await this.#keychain() });
    if (problem !== null) this.#tell(problem);
  }

  #hold(name: string, kept: KeptSession, codeFrom: string | null): void {
    // A foreign source may give what it gave before.
    const isSame = this.#vault.credentialsOf(name)?.accessKeyId === kept.credentials.accessKeyId;
    if (!isSame) this.#recordEnding(name, 'renewed');
    this.#vault.hold(name, kept);
    if (!isSame) this.#recordIssued(name, kept, codeFrom);
    this.#show(name, kept);
    if (kept.origin === 'code') void this.#tellOfVault();
  }

  #keepSource(name: string, source: SessionSource): void {
    const held = this.find(name);
    if (held !== null && this.#vault.sourceOf(name)?.accessKeyId !== source.accessKeyId) this.#keep(held, source);
  }

  #keep({ profile: { name }, session: { identity, issuedAt, origin, ...end }, credentials }: LiveHeld, madeFrom: SessionSource): void {
    this.#vault.hold(name, { credentials, identity, issuedAt, origin, madeFrom, ...endOf(end) });
  }

  #show(name: string, { identity, origin, issuedAt, credentials: { expiresAt }, ...rest }: KeptSession): void {
    const session = { kind: 'active', identity, origin, issuedAt, expiresAt, ...endOf(rest) } as const;
    this.#store.changeSession(name, sessionAt(session, this.#now()));
  }

  #recordIssued(name: string, { identity, credentials: { accessKeyId, expiresAt } }: KeptSession, codeFrom: string | null): void {
    const { accountId, arn, userName } = identity;
    const role = this.#store.profile(name)?.role?.roleName ?? roleNameOf(arn);
    const sessionName = role === null ? userName : userNameOf(arn);
    const what = { kind: role === null ? 'base' : 'role', accountId, arn, role, sessionName } as const;
    this.#ledger.record({ event: 'issued', profile: name, ...what, accessKeyId, expiresAt: isoSeconds(expiresAt), ...(codeFrom === null ? {} : { codeFrom }) });
  }

  /** Only for a session that could still be handed out: one that ran out needs no line. */
  #recordEnding(name: string, how: EndReason): void {
    const held = this.find(name);
    if (held !== null) this.#ledger.record({ event: 'ended', profile: name, accessKeyId: held.credentials.accessKeyId, how });
  }

  /** Drops a session that was not in use yet: only its record has to end. */
  #drop(name: string, { credentials: { accessKeyId } }: KeptSession, how: EndReason): void {
    this.#vault.forget(name);
    this.#ledger.record({ event: 'ended', profile: name, accessKeyId, how });
  }

  async #tellOfVault(): Promise<void> {
    this.#store.change({ keychain: await this.#keychain() });
    const problem = await this.#vault.settled();
    if (problem !== null) this.#tell(problem);
  }

  /** A missing keychain is shown by the state, and needs no notice. */
  #tell(problem: AppError): void {
    const { keychain } = this.#store.content;
    if (keychain.kind === 'unavailable') return;
    this.#store.notify({ kind: 'failed', profile: null, error: problem });
  }
}
