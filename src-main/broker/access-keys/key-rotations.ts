import { setTimeout as sleep } from 'node:timers/promises';
import type { Result } from '../../contract/app-error.ts';
import type { AccessKeys } from '../../contract/sheet.ts';
import { accessKeys, createAccessKey, deactivateAccessKey, deleteAccessKey } from '../../aws/requests/late.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import type { AccessKey } from '../../core/credentials.ts';
import { appError, failed, isKeyUnknown, succeeded } from '../../core/errors.ts';
import type { ReplacedKey } from '../../core/access-keys/replaced-access-key.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import type { AccessKeyVault } from '../../vault/access-key-vault.ts';
import { keyInUse, replaceKey } from './access-key-places.ts';
import { deletableKeyId, rotationOfKey, type RotationOfKey } from './kept-rotation.ts';
import { rotateAccessKey, type RotationParts } from './access-key-rotation.ts';
import type { HeldSessions, LiveHeld } from '../sessions/held-sessions.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SessionManager } from '../sessions/session-manager.ts';
import { withSession } from '../sessions/with-session.ts';
import type { SettingsManager } from '../state/settings-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { Requester } from '../prompts/waiting-programs.ts';

/** IAM needs a while to know a new key: retry for this long, at this interval, in milliseconds. */
const proofMs = 30_000;
const proofPauseMs = 1_000;

type Parts = {
  readonly store: UiStateStore;
  readonly files: AwsFiles;
  readonly vault: AccessKeyVault;
  /** New keys that are not in their place yet. */
  readonly newKeys: AccessKeyVault;
  readonly keyOf: (name: string) => Promise<Result<AccessKey>>;
  /** Calls AWS with exactly this key. */
  readonly verifyKey: (name: string, key: AccessKey) => Promise<Result<null>>;
  readonly held: HeldSessions;
  readonly sessions: Pick<SessionManager, 'find' | 'credentials'>;
  readonly settings: Pick<SettingsManager, 'keepRotation' | 'rememberAccessKeyDate'>;
  readonly ledger: Pick<Ledger, 'record'>;
  readonly aws: Pick<AwsCalls, 'optionsOf'>;
  readonly loadConfig: () => Promise<void>;
  readonly now: () => number;
};

/** Access keys and their rotation. Every call is made with a session of the key's user. */
export class KeyRotations {
  readonly #parts: Parts;
  readonly #queue = new SerialQueue();
  /** New keys, by profile name, for the time without a keychain. */
  readonly #newKeysInMemory = new Map<string, AccessKey>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Errors: those of the session that it takes, `permission-denied`. */
  list(name: string, requester: Requester): Promise<Result<AccessKeys>> {
    return this.#withUser(name, requester, (held) => this.#list(held));
  }

  /** Up to the deactivation of the old key. Errors: those of `rotateAccessKey`. */
  rotate(name: string, requester: Requester): Promise<Result<AccessKeys>> {
    return this.#queue.run(() =>
      this.#withUser(name, requester, async (held) => {
        const { keyOf } = this.#parts;
        const current = await keyOf(held.profile.name);
        if (!current.ok) return current;
        const rotated = await rotateAccessKey(held.profile.name, this.#rotationParts(held, current.value.accessKeyId));
        return rotated.ok ? this.#list(held) : rotated;
      }),
    );
  }

  /**
   * Ends the rotation. Errors: `rotation-none` `{profile}`, also where the old key is in use again;
   * those of the session that it takes, `permission-denied`.
   */
  deleteOld(name: string, requester: Requester): Promise<Result<AccessKeys>> {
    return this.#queue.run(() => this.#withUser(name, requester, (held) => this.#deleteOld(held)));
  }

  async #deleteOld(held: LiveHeld): Promise<Result<AccessKeys>> {
    const { settings, ledger, aws, keyOf } = this.#parts;
    const { name } = held.profile;
    const { userName } = held.session.identity;
    const options = aws.optionsOf(held.profile, held.credentials);
    const current = await keyOf(name);
    if (!current.ok) return current;
    const { accessKeyId: currentId } = current.value;
    const rotation = this.#rotationOf(name, currentId);
    const { savedUnder, saved } = rotation;
    if (saved === null || deletableKeyId(rotation, currentId) === null) return failed(appError('rotation-none', { profile: name }));
    const listed = await accessKeys(options, userName);
    if (!listed.ok) return listed;
    const old = listed.value.find(({ accessKeyId }) => accessKeyId === saved.oldKeyId);
    if (old?.active === true) {
      // Somebody needs the old key again, so it is not deleted unasked.
      await settings.keepRotation(savedUnder, { ...saved, done: 'put-in-place' });
      return failed(appError('rotation-none', { profile: name }));
    }
    const deleted = old === undefined ? succeeded(null) : await deleteAccessKey(options, userName, saved.oldKeyId);
    if (!deleted.ok) return deleted;
    await settings.keepRotation(savedUnder, null);
    // The profile may belong to another user by now, who never had this key.
    if (old !== undefined || currentId === saved.newKeyId)
      ledger.record({ event: 'access-key', profile: name, accessKeyId: saved.oldKeyId, change: 'deleted' });
    return this.#list(held);
  }

  /** The keys, if they can be listed without asking for a code; else null. */
  async listWithoutAsking(name: string): Promise<AccessKeys | null> {
    const { sessions, held } = this.#parts;
    const found = sessions.find(name);
    const live = found.ok ? held.find(found.value.role?.userProfile ?? found.value.name) : null;
    const listed = live === null ? null : await this.#list(live);
    return listed?.ok === true ? listed.value : null;
  }

  async #list({ profile, session, credentials }: LiveHeld): Promise<Result<AccessKeys>> {
    const { aws, keyOf, settings, store } = this.#parts;
    const { userName } = session.identity;
    const [listed, current] = await Promise.all([accessKeys(aws.optionsOf(profile, credentials), userName), keyOf(profile.name)]);
    if (!listed.ok) return listed;
    const currentId = current.ok ? current.value.accessKeyId : null;
    const keys = listed.value.map(({ neverUsed: _neverUsed, ...key }) => ({ ...key, current: key.accessKeyId === currentId }));
    const { saved } = this.#rotationOf(profile.name, currentId);
    const own = keys.find((key) => key.current);
    if (own !== undefined) {
      const date = { accessKeyId: own.accessKeyId, createdAt: Date.parse(own.createdAt) };
      settings.rememberAccessKeyDate(profile.name, date);
      // Other profiles that had the old key have the new one too.
      const successors =
        saved?.newKeyId === own.accessKeyId
          ? Object.entries(store.content.settings.accessKeyDates).filter(([, { accessKeyId }]) => accessKeyId === saved.oldKeyId)
          : [];
      for (const [name] of successors) settings.rememberAccessKeyDate(name, date);
    }
    return succeeded({ userName, keys, rotation: saved === null ? null : { oldKeyId: saved.oldKeyId, newKeyId: saved.newKeyId, done: saved.done } });
  }

  #rotationOf(name: string, accessKeyId: string | null): RotationOfKey {
    return rotationOfKey(this.#parts.store.content.settings, name, accessKeyId);
  }

  #rotationParts({ profile, session, credentials }: LiveHeld, currentId: string): RotationParts {
    const { settings, ledger, keyOf, verifyKey, aws, now } = this.#parts;
    const { name } = profile;
    const { userName } = session.identity;
    const { savedUnder, saved } = this.#rotationOf(name, currentId);
    const options = aws.optionsOf(profile, credentials);
    const recorded = async <T>(
      change: 'created' | 'put-in-place' | 'deactivated' | 'deleted',
      idOf: (value: T) => string,
      outcome: Promise<Result<T>>,
    ): Promise<Result<T>> => {
      const done = await outcome;
      if (done.ok) ledger.record({ event: 'access-key', profile: name, accessKeyId: idOf(done.value), change });
      return done;
    };
    return {
      userName,
      saved,
      keep: (rotation) => settings.keepRotation(savedUnder, rotation),
      current: () => keyOf(name),
      listKeys: () => accessKeys(options, userName),
      createKey: () => recorded('created', ({ accessKeyId }) => accessKeyId, createAccessKey(options, userName)),
      deactivateKey: (id) => recorded('deactivated', () => id, deactivateAccessKey(options, userName, id)),
      deleteKey: (id) => recorded('deleted', () => id, deleteAccessKey(options, userName, id)),
      pending: this.#pending(savedUnder),
      inUse: (id) => keyInUse(id, this.#parts),
      verifyKey: async (key) => {
        const givesUpAt = now() + proofMs;
        for (;;) {
          const proven = await verifyKey(name, key);
          if (proven.ok || !isKeyUnknown(proven.error) || now() >= givesUpAt) return proven;
          await sleep(proofPauseMs);
        }
      },
      replace: (old, key) => recorded('put-in-place', () => key.accessKeyId, this.#replace(name, old, key)),
      now,
    };
  }

  #pending(savedUnder: string): RotationParts['pending'] {
    const { newKeys } = this.#parts;
    return {
      keep: async (key) => {
        this.#newKeysInMemory.set(savedUnder, key);
        await newKeys.keep(savedUnder, key);
      },
      read: async () => {
        const inMemory = this.#newKeysInMemory.get(savedUnder);
        if (inMemory !== undefined) return succeeded(inMemory);
        const saved = await newKeys.read(savedUnder);
        // A locked keychain will be unlocked again, and must not look like a lost key.
        return saved.ok || saved.error.code === 'keychain-locked' ? saved : succeeded(null);
      },
      forget: async () => {
        this.#newKeysInMemory.delete(savedUnder);
        await newKeys.remove(savedUnder);
      },
    };
  }

  async #replace(name: string, old: ReplacedKey, key: AccessKey): Promise<Result<null>> {
    const { held, loadConfig } = this.#parts;
    // Sessions made from the old key still belong to this user.
    held.keyReplaced(old.accessKeyId, key.accessKeyId);
    const replaced = await replaceKey(name, old, key, this.#parts);
    // After a failure too, because some places have the new key.
    await loadConfig();
    return replaced;
  }

  /** A role profile uses its user's key. */
  #withUser<T>(name: string, requester: Requester, ask: (held: LiveHeld) => Promise<Result<T>>): Promise<Result<T>> {
    const found = this.#parts.sessions.find(name);
    if (!found.ok) return Promise.resolve(found);
    return withSession(this.#parts, found.value.role?.userProfile ?? found.value.name, requester, ask);
  }
}
