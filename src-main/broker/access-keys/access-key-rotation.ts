import type { AppError, Result } from '../../contract/app-error.ts';
import type { KeptRotation } from '../../contract/settings.ts';
import type { ListedKey } from '../../aws/requests/access-keys.ts';
import type { AccessKey } from '../../core/credentials.ts';
import { appError, failed, isKeyUnknown, mayHaveWorked, succeeded } from '../../core/errors.ts';
import type { ReplacedKey } from '../../core/access-keys/replaced-access-key.ts';

/** What a rotation needs of AWS, and of the places that keep keys. */
export type RotationParts = {
  readonly userName: string;
  readonly saved: KeptRotation | null;
  /** Null ends the rotation. Resolves when it is on the disk: an app that is killed after the next call has to know of it. */
  readonly keep: (rotation: KeptRotation | null) => Promise<void>;
  /** The profile's key as it is saved now. */
  readonly current: () => Promise<Result<AccessKey>>;
  readonly listKeys: () => Promise<Result<readonly ListedKey[]>>;
  readonly createKey: () => Promise<Result<AccessKey>>;
  readonly deactivateKey: (accessKeyId: string) => Promise<Result<null>>;
  readonly deleteKey: (accessKeyId: string) => Promise<Result<null>>;
  /** Where the new key is until it is in its place: the keychain, or memory where there is none. */
  readonly pending: {
    readonly keep: (key: AccessKey) => Promise<void>;
    /** Null when there is none. Fails when there may be one that can be read later. */
    readonly read: () => Promise<Result<AccessKey | null>>;
    readonly forget: () => Promise<void>;
  };
  /** The key as any profile has it. */
  readonly inUse: (accessKeyId: string) => Promise<AccessKey | null>;
  /** Calls AWS with the key, again and again while AWS does not know it yet. */
  readonly verifyKey: (key: AccessKey) => Promise<Result<null>>;
  /** Puts the new key wherever the old one is; places that already have the new one stay as they are. */
  readonly replace: (old: ReplacedKey, key: AccessKey) => Promise<Result<null>>;
  readonly now: () => number;
};

/** What is found when a rotation begins or goes on. */
type Seen = { readonly profile: string; readonly current: AccessKey; readonly keys: readonly ListedKey[] };

/** How far AWS's clock may be from ours (SigV4), and how long a call or a proof may take, in milliseconds. */
const skewMs = 5 * 60_000;
const attemptMs = 60_000;

/**
 * Gives a user a new access key: creates it, proves it, puts it in the old one's place, and
 * deactivates the old one. Each step is saved when it is done, so a rotation that was interrupted, by
 * a failure or because the app ended, goes on where it was. The old key works up to the last step,
 * which is taken only after AWS has accepted the key that the profile has.
 * The beginning is saved before CreateAccessKey, so that a key whose secret got lost can be recognised
 * and deleted. The rotation ends when the old key is back or was deleted by somebody else.
 *
 * Errors: `access-keys-two` `{userName, current, other}`, `access-key-not-proven` `{accessKeyId}`,
 * `access-key-replaced` `{profile, found}`, `access-key-unknown` `{profile}` where the user has no
 * such key any more, those of the parts.
 */
export async function rotateAccessKey(profile: string, parts: RotationParts): Promise<Result<null>> {
  const current = await parts.current();
  if (!current.ok) return current;
  const keys = await parts.listKeys();
  if (!keys.ok) return keys;
  const seen: Seen = { profile, current: current.value, keys: keys.value };
  const begun = await begunRotation(seen, parts);
  if (!begun.ok) return begun;
  const inPlace = isInPlace(begun.value, seen) ? await stillInPlace(begun.value, seen, parts) : await putInPlace(begun.value, seen, parts);
  return inPlace.ok ? deactivateOld(inPlace.value, seen, parts) : inPlace;
}

/** The rotation that was saved, if its keys are still there, else a new one. */
async function begunRotation(seen: Seen, parts: RotationParts): Promise<Result<KeptRotation>> {
  const { profile, current, keys } = seen;
  const { saved } = parts;
  if (saved !== null) {
    const ids = [saved.oldKeyId, saved.newKeyId];
    if (ids.includes(current.accessKeyId)) return isListed(current, keys) ? succeeded(saved) : failed(appError('access-key-unknown', { profile }));
    // Nothing must be deactivated while something else is in use.
    if (keys.some(({ accessKeyId }) => ids.includes(accessKeyId))) return failed(appError('access-key-replaced', { profile, found: current.accessKeyId }));
    await parts.pending.forget();
    await parts.keep(null);
  }
  return begin(seen, parts);
}

async function begin({ profile, current, keys }: Seen, parts: RotationParts): Promise<Result<KeptRotation>> {
  if (!isListed(current, keys)) return failed(appError('access-key-unknown', { profile }));
  const other = keys.find(({ accessKeyId }) => accessKeyId !== current.accessKeyId);
  const pending = await parts.pending.read();
  // The secret was saved, but not that the rotation had begun.
  const isPending = pending.ok && other !== undefined && pending.value?.accessKeyId === other.accessKeyId;
  if (other !== undefined && !isPending) return failed(twoKeys(current.accessKeyId, other, parts));
  return succeeded({ oldKeyId: current.accessKeyId, newKeyId: other?.accessKeyId ?? null, begunAt: parts.now(), done: isPending ? 'created' : 'begun' });
}

function isInPlace({ done, newKeyId }: KeptRotation, { current }: Seen): boolean {
  return (done === 'put-in-place' || done === 'deactivated') && current.accessKeyId === newKeyId;
}

/** The key may have been replaced, or have become useless, since it was put there. */
async function stillInPlace(rotation: KeptRotation, { profile, current, keys }: Seen, parts: RotationParts): Promise<Result<KeptRotation>> {
  const isActive = keys.some(({ accessKeyId, active }) => accessKeyId === current.accessKeyId && active);
  if (!isActive) return failed(appError('access-key-unknown', { profile }));
  const proven = await parts.verifyKey(current);
  return proven.ok ? succeeded(rotation) : proven;
}

async function putInPlace(begun: KeptRotation, seen: Seen, parts: RotationParts): Promise<Result<KeptRotation>> {
  const { profile, current } = seen;
  const key = await newKey(begun, seen, parts);
  if (!key.ok) return key;
  const { accessKeyId, secretAccessKey } = key.value;
  const rotation: KeptRotation = { ...begun, newKeyId: accessKeyId, begunAt: parts.now(), done: 'created' };
  await parts.keep(rotation);
  const proven = await parts.verifyKey(key.value);
  if (!proven.ok) return isKeyUnknown(proven.error) ? failed(appError('access-key-not-proven', { accessKeyId })) : proven;
  const oldSecret = current.secretAccessKey === secretAccessKey ? null : current.secretAccessKey;
  const replaced = await parts.replace({ accessKeyId: rotation.oldKeyId, secretAccessKey: oldSecret }, key.value);
  if (!replaced.ok) return replaced;
  const readBack = await parts.current();
  if (!readBack.ok) return readBack;
  const isThere = readBack.value.accessKeyId === accessKeyId && readBack.value.secretAccessKey === secretAccessKey;
  if (!isThere) return failed(appError('access-key-replaced', { profile, found: readBack.value.accessKeyId }));
  const inPlace: KeptRotation = { ...rotation, done: 'put-in-place' };
  await parts.keep(inPlace);
  await parts.pending.forget();
  return succeeded(inPlace);
}

/** The key that was made before, if its secret is still somewhere; else a new one. */
async function newKey(rotation: KeptRotation, { current, keys }: Seen, parts: RotationParts): Promise<Result<AccessKey>> {
  const pending = await parts.pending.read();
  if (!pending.ok) return pending;
  const other = keys.find(({ accessKeyId }) => accessKeyId !== rotation.oldKeyId);
  if (other === undefined) return make(rotation, parts);
  if (pending.value?.accessKeyId === other.accessKeyId) return succeeded(pending.value);
  // It may already be in some of its places.
  const used = other.accessKeyId === rotation.newKeyId ? await parts.inUse(other.accessKeyId) : null;
  if (used !== null) return succeeded(used);
  if (!isLost(other, rotation)) return failed(twoKeys(current.accessKeyId, other, parts));
  const deleted = await parts.deleteKey(other.accessKeyId);
  return deleted.ok ? make(rotation, parts) : deleted;
}

async function make(rotation: KeptRotation, parts: RotationParts): Promise<Result<AccessKey>> {
  await parts.keep({ ...rotation, newKeyId: null, begunAt: parts.now(), done: 'begun' });
  const made = await parts.createKey();
  if (made.ok) {
    await parts.pending.keep(made.value);
    return made;
  }
  // No key was made, so a key that turns up later is not the rotation's.
  if (!mayHaveWorked(made.error)) await parts.keep(null);
  if (made.error.code !== 'access-keys-two') return made;
  const keys = await parts.listKeys();
  const other = keys.ok ? keys.value.find(({ accessKeyId }) => accessKeyId !== rotation.oldKeyId) : undefined;
  return other === undefined ? made : failed(twoKeys(rotation.oldKeyId, other, parts));
}

/**
 * Whether a key belongs to this rotation and nobody has its secret. If its ID is not known, it is
 * recognised by the time of the call that made it, and must never have been used. If its ID is known,
 * the proof may have used it.
 */
function isLost({ accessKeyId, createdAt, lastUsed, neverUsed }: ListedKey, { newKeyId, begunAt, done }: KeptRotation): boolean {
  if (done === 'put-in-place' || done === 'deactivated') return false;
  const latest = begunAt + attemptMs + skewMs;
  if (newKeyId === null) return neverUsed && Date.parse(createdAt) >= begunAt - skewMs && Date.parse(createdAt) <= latest;
  return accessKeyId === newKeyId && (neverUsed || (lastUsed?.service === 'sts' && Date.parse(lastUsed.at) <= latest));
}

async function deactivateOld(rotation: KeptRotation, { keys }: Seen, parts: RotationParts): Promise<Result<null>> {
  const old = keys.find(({ accessKeyId }) => accessKeyId === rotation.oldKeyId);
  if (old === undefined) {
    await parts.keep(null);
    return succeeded(null);
  }
  // Somebody may have activated it again.
  if (rotation.done === 'deactivated' && !old.active) return succeeded(null);
  const deactivated = await parts.deactivateKey(rotation.oldKeyId);
  if (deactivated.ok) await parts.keep({ ...rotation, done: 'deactivated' });
  return deactivated;
}

function isListed(key: AccessKey, keys: readonly ListedKey[]): boolean {
  return keys.some(({ accessKeyId }) => accessKeyId === key.accessKeyId);
}

function twoKeys(current: string, { accessKeyId: other }: ListedKey, { userName }: RotationParts): AppError {
  return appError('access-keys-two', { userName, current, other });
}
