import type { AppError } from '../contract/app-error.ts';
import type { Cipher } from '../core/cipher.ts';
import type { SessionCredentials } from '../core/credentials.ts';
import type { SessionSource } from '../core/profiles/session-source.ts';
import { SerialQueue } from '../core/serial-queue.ts';
import { EncryptedFile } from './encrypted-file.ts';
import { parseSessions, sessionsText, type KeptSession } from './kept-session.ts';

/**
 * The sessions that the app holds, by profile name, in private fields that neither JSON nor an
 * inspecting logger reaches. Those made with an MFA code are also kept in one file, encrypted, so
 * that a restart asks for no code. Memory changes at once; the file follows in the background, one
 * write after the other.
 */
export class SessionVault {
  readonly #file: EncryptedFile;
  readonly #now: () => number;
  readonly #sessions = new Map<string, KeptSession>();
  /** Profiles that changed before the file could be read: what the file says about them is out of date. */
  readonly #changedBeforeRead = new Set<string>();
  /** Read from the file, but not yet returned by `restore`. */
  #untold = new Map<string, KeptSession>();
  #isRead = false;
  #isWriteDue = false;
  #isDisposed = false;
  readonly #queue = new SerialQueue();
  #problem: AppError | null = null;

  /** `file` is a full path; its folder need not exist. */
  constructor({ cipher, file, now }: { readonly cipher: Cipher; readonly file: string; readonly now: () => number }) {
    this.#file = new EncryptedFile({ cipher, file });
    this.#now = now;
  }

  hold(profile: string, session: KeptSession): void {
    const before = this.#sessions.get(profile);
    this.#sessions.set(profile, session);
    this.#changed(profile, before, session);
  }

  /** What the session of a profile was made from; null when there is none. */
  sourceOf(profile: string): SessionSource | null {
    return this.#sessions.get(profile)?.madeFrom ?? null;
  }

  /** For a hand-off, or for a call in the session's name. */
  credentialsOf(profile: string): SessionCredentials | null {
    return this.#sessions.get(profile)?.credentials ?? null;
  }

  forget(profile: string): void {
    const before = this.#sessions.get(profile);
    this.#sessions.delete(profile);
    this.#changed(profile, before);
  }

  /**
   * Reads the sessions that an earlier start kept in the file, without those that have expired. After
   * keychain-locked it may be called again; each session is returned once.
   * Problems: keychain-missing and keychain-locked (the file stays), vault-unreadable (it was moved
   * aside), vault-unwritable.
   */
  restore(): Promise<{ readonly sessions: ReadonlyMap<string, KeptSession>; readonly problem: AppError | null }> {
    return this.#queue.run(async () => {
      const problem = await this.#read();
      const sessions = new Map([...this.#untold].filter(([profile, session]) => this.#sessions.get(profile) === session));
      this.#untold = new Map();
      // Write what could not be written while the keychain was locked.
      if (problem === null && this.#problem !== null) this.#writeLater();
      return { sessions, problem };
    });
  }

  /**
   * Waits until the file agrees with memory, as the app must before it quits. Null, or why the last
   * write failed: keychain-missing, keychain-locked, vault-unreadable, vault-unwritable.
   */
  settled(): Promise<AppError | null> {
    return this.#queue.run(() => Promise.resolve(this.#problem));
  }

  /** Empties memory. What is in the file stays for the next start; call `settled` first. */
  dispose(): void {
    this.#isDisposed = true;
    this.#sessions.clear();
  }

  #changed(profile: string, before?: KeptSession, after?: KeptSession): void {
    if (!this.#isRead) this.#changedBeforeRead.add(profile);
    // A file that has not been read may have a session of the profile, even if memory has none.
    if (!this.#isRead || before?.origin === 'code' || after?.origin === 'code') this.#writeLater();
  }

  #writeLater(): void {
    // A write that is due but has not begun will include this change.
    if (this.#isWriteDue || this.#isDisposed) return;
    this.#isWriteDue = true;
    void this.#queue.run(async () => {
      this.#isWriteDue = false;
      if (!this.#isDisposed) this.#problem = await this.#write();
    });
  }

  async #write(): Promise<AppError | null> {
    // Read first: if a locked keychain kept the file from being read, writing now would lose its sessions.
    const unread = await this.#read();
    if (!this.#isRead) return unread;
    const kept = this.#worthKeeping();
    const written = await this.#file.write(kept.size === 0 ? null : sessionsText(kept));
    return written.ok ? null : written.error;
  }

  #worthKeeping(): ReadonlyMap<string, KeptSession> {
    return new Map([...this.#sessions].filter(([, session]) => session.origin === 'code' && this.#isLive(session)));
  }

  #isLive({ credentials }: KeptSession): boolean {
    return credentials.expiresAt > this.#now();
  }

  /** Adds the file's sessions to memory, except those that have changed since. Does nothing once it has succeeded. */
  async #read(): Promise<AppError | null> {
    if (this.#isRead) return null;
    const stored = await this.#file.read(parseSessions);
    if (!stored.ok) {
      // An unreadable file was moved aside, so nothing can be lost by writing a new one.
      this.#isRead = stored.error.code === 'vault-unreadable';
      return stored.error;
    }
    this.#isRead = true;
    const found = stored.value ?? new Map<string, KeptSession>();
    for (const [profile, session] of found) {
      if (this.#changedBeforeRead.has(profile)) continue;
      if (this.#isLive(session)) this.#sessions.set(profile, session);
      else this.#writeLater();
    }
    this.#untold = new Map([...found].filter(([profile, session]) => this.#sessions.get(profile) === session));
    return null;
  }
}
