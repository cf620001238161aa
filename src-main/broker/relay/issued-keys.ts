import type { SessionCredentials } from '../../core/credentials.ts';

/** A session, and the account that it is in. */
export type HandedOut = {
  /** What a run signs with. */
  readonly credentials: SessionCredentials;
  readonly accountId: string;
  /** Whose it is. */
  readonly profile: string;
  /** With what its calls are sent on, where a run signs with a key that AWS does not know. */
  readonly signsAs?: SessionCredentials;
};

export type IssuedKey = Omit<HandedOut, 'profile'> & {
  /** Of what the app handed out; null for what the run assumed. */
  readonly profile: string | null;
  /** When the relay learnt of it, in epoch milliseconds. */
  readonly issuedAt: number;
  /** The ARN of the role that the run assumed to get it; null where the app handed it out. */
  readonly role: string | null;
};

/**
 * The sessions that a run may sign with: those that the app handed out to it, and those whose issue
 * passed through the relay. One that has run out stays, so that AWS says so and the program asks for
 * a new one.
 */
export class IssuedKeys {
  readonly #keys = new Map<string, IssuedKey>();

  add(key: IssuedKey): void {
    this.#keys.set(key.credentials.accessKeyId, key);
  }

  find(accessKeyId: string): IssuedKey | null {
    return this.#keys.get(accessKeyId) ?? null;
  }
}
