import type { Result } from '../../contract/app-error.ts';
import type { Profile } from '../../contract/ui-state.ts';
import type { AccessKey } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { accountOf } from '../../core/sessions/accounts.ts';
import type { ActionToConfirm } from '../questions/confirmations.ts';
import type { SessionManager } from '../sessions/session-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import { deletableKeyId, rotationOfKey } from './kept-rotation.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content' | 'profile'>;
  readonly sessions: Pick<SessionManager, 'find'>;
  readonly keyOf: (name: string) => Promise<Result<AccessKey>>;
};

/** Which key a rotation would replace, or delete at its end, without a call to AWS: a person is asked before one is made. */
export class KeysToConfirm {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async toRotate(name: string): Promise<Result<ActionToConfirm>> {
    const found = await this.#keyInUse(name);
    if (!found.ok) return found;
    return succeeded({ ...found.value.where, action: { verb: 'rotate', accessKeyId: found.value.accessKeyId } });
  }

  /** Errors: `rotation-none` `{profile}`. */
  async toDelete(name: string): Promise<Result<ActionToConfirm>> {
    const found = await this.#keyInUse(name);
    if (!found.ok) return found;
    const { where, accessKeyId } = found.value;
    const oldKeyId = deletableKeyId(rotationOfKey(this.#parts.store.content.settings, where.profile, accessKeyId), accessKeyId);
    return oldKeyId === null
      ? failed(appError('rotation-none', { profile: where.profile }))
      : succeeded({ ...where, action: { verb: 'delete-old-key', accessKeyId: oldKeyId } });
  }

  /** A role profile uses its user's key. */
  async #keyInUse(
    name: string,
  ): Promise<Result<{ readonly where: Pick<ActionToConfirm, 'accountIds'> & { readonly profile: string }; readonly accessKeyId: string }>> {
    const { store, sessions, keyOf } = this.#parts;
    const found = sessions.find(name);
    if (!found.ok) return found;
    const profile = found.value.role?.userProfile ?? found.value.name;
    const key = await keyOf(profile);
    if (!key.ok) return key;
    return succeeded({ where: { profile, accountIds: accountIdsOf(store.profile(profile), store.content.settings) }, accessKeyId: key.value.accessKeyId });
  }
}

function accountIdsOf(profile: Profile | undefined, settings: Parameters<typeof accountOf>[1]): readonly string[] {
  const accountId = profile === undefined ? null : accountOf(profile, settings);
  return accountId === null ? [] : [accountId];
}
