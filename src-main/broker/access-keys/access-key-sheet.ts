import type { Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { AccessKeys } from '../../contract/sheet.ts';
import type { KeyRotations } from './key-rotations.ts';
import type { Sheets } from '../state/sheets.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly sheets: Sheets;
  readonly keyRotations: Pick<KeyRotations, 'list' | 'rotate' | 'deleteOld' | 'listWithoutAsking'>;
};

/** A profile's access keys in the panel. */
export class AccessKeySheet {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async show({ profile }: CommandRequest<'showAccessKeys'>): Promise<void> {
    const step = this.#parts.sheets.open<'access-keys'>({ kind: 'access-keys', profile, step: { kind: 'asking' } });
    const listed = await this.#parts.keyRotations.list(profile, { by: 'user' });
    step(listed.ok ? { kind: 'shown', accessKeys: listed.value, working: false, error: null } : { kind: 'failed', error: listed.error });
  }

  async rotate({ profile }: CommandRequest<'rotateAccessKey'>): Promise<void> {
    await this.#work(profile, () => this.#parts.keyRotations.rotate(profile, { by: 'user' }));
  }

  async deleteOld({ profile }: CommandRequest<'deleteOldAccessKey'>): Promise<void> {
    const { sheets, store, keyRotations } = this.#parts;
    const { shown } = sheets;
    const old = shown?.kind === 'access-keys' && shown.step.kind === 'shown' ? (shown.step.accessKeys.rotation?.oldKeyId ?? '') : '';
    const deleted = await this.#work(profile, () => keyRotations.deleteOld(profile, { by: 'user' }));
    if (deleted) store.notify({ kind: 'access-key-deleted', profile, accessKeyId: old });
  }

  /** Whether it succeeded. The sheet shows how far it got, after a failure too. */
  async #work(profile: string, work: () => Promise<Result<AccessKeys>>): Promise<boolean> {
    const { sheets, store, keyRotations } = this.#parts;
    const before = sheets.shown;
    if (before?.kind !== 'access-keys' || before.profile !== profile || before.step.kind !== 'shown' || before.step.working) return false;
    const { accessKeys } = before.step;
    const step = sheets.open<'access-keys'>({ kind: 'access-keys', profile, step: { kind: 'shown', accessKeys, working: true, error: null } });
    const done = await work();
    if (done.ok) {
      step({ kind: 'shown', accessKeys: done.value, working: false, error: null });
      return true;
    }
    // A user who has just cancelled the prompt is not asked again for the list.
    const present = await keyRotations.listWithoutAsking(profile);
    const error = done.error.code === 'mfa-cancelled' ? null : done.error;
    const shown = step({ kind: 'shown', accessKeys: present ?? accessKeys, working: false, error });
    if (!shown && error !== null) store.notify({ kind: 'failed', profile, error });
    return false;
  }
}
