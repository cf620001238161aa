import { isSameSource, type KnownSources, type SessionSource } from '../../core/profiles/session-source.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

/**
 * What the session of each profile would be made from now, so that one that was made from something
 * else is noticed. An access key that took another one's place counts as the same source.
 */
export class SessionSources {
  readonly #store: Pick<UiStateStore, 'content'>;
  #sources: KnownSources = new Map();
  /** The access key that took an old one's place, by the old one's ID. */
  readonly #successors = new Map<string, string>();

  constructor(store: Pick<UiStateStore, 'content'>) {
    this.#store = store;
  }

  /** Takes over what the AWS files say. */
  configLoaded(sources: KnownSources): void {
    this.#sources = sources;
  }

  /** Whether the AWS files have the profile. */
  has(profileName: string): boolean {
    return this.#sources.has(profileName);
  }

  /** What a session of the profile would be made from now. */
  of(profileName: string): SessionSource {
    return this.#sources.get(profileName) ?? { accessKeyId: null, roles: null };
  }

  /** A rotation put a new access key of the same user in the place of an old one. */
  keyReplaced(oldKeyId: string, newKeyId: string): void {
    this.#successors.set(oldKeyId, newKeyId);
  }

  /** What a session of the profile was made from, as that is called after a rotation; null where the profile means something else by now. */
  presentOf(profileName: string, source: SessionSource): SessionSource | null {
    const current = this.of(profileName);
    const successor = { ...source, accessKeyId: this.#successorOf(source.accessKeyId) };
    if (isSameSource(successor, current)) return successor;
    return isSameSource(source, current) ? source : null;
  }

  /** A rotation that was interrupted when the app ended is known from the settings. */
  #successorOf(accessKeyId: string | null): string | null {
    const kept = Object.values(this.#store.content.settings.rotations).find(({ oldKeyId }) => oldKeyId === accessKeyId);
    return this.#successors.get(accessKeyId ?? '') ?? kept?.newKeyId ?? accessKeyId;
  }
}
