import type { KeptRotation, Settings } from '../../contract/settings.ts';

/** The rotation of a key, and the profile that it was begun for and is saved under: others may have the same key. */
export type RotationOfKey = { readonly savedUnder: string; readonly saved: KeptRotation | null };

export function rotationOfKey({ rotations }: Pick<Settings, 'rotations'>, name: string, accessKeyId: string | null): RotationOfKey {
  const all = Object.entries(rotations);
  const isOfKey = ({ oldKeyId, newKeyId }: KeptRotation) => accessKeyId !== null && (accessKeyId === oldKeyId || accessKeyId === newKeyId);
  const [savedUnder, saved] = all.find(([begunFor]) => begunFor === name) ?? all.find(([, rotation]) => isOfKey(rotation)) ?? [name, null];
  return { savedUnder, saved };
}

/** The old key that a rotation has come to deactivate, which may be deleted; null where there is none, or the profile uses it again. */
export function deletableKeyId({ saved }: RotationOfKey, currentId: string): string | null {
  return saved?.done !== 'deactivated' || currentId === saved.oldKeyId ? null : saved.oldKeyId;
}
