import type { SessionCredentials } from '../core/credentials.ts';

/**
 * The credentials of the sessions that the app holds, by profile name. They live in memory only, in
 * private fields that neither JSON nor an inspecting logger reaches, and go when the app quits.
 */
export class SessionVault {
  readonly #sessions = new Map<string, SessionCredentials>();

  hold(profile: string, credentials: SessionCredentials): void {
    this.#sessions.set(profile, credentials);
  }

  /** For a hand-off, or for a call in the session's name. */
  credentialsOf(profile: string): SessionCredentials | null {
    return this.#sessions.get(profile) ?? null;
  }

  forget(profile: string): void {
    this.#sessions.delete(profile);
  }

  dispose(): void {
    this.#sessions.clear();
  }
}
