import type { AppError } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { RevocationPreview, RevocationStep } from '../../contract/sheet.ts';
import { othersCan } from '../../core/revocation/revocation.ts';
import type { Revocations } from './revocations.ts';
import type { Sheets } from '../state/sheets.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = { readonly store: UiStateStore; readonly sheets: Sheets; readonly revocations: Pick<Revocations, 'preview' | 'revoke' | 'remove' | 'forget'> };

/** The panel's way to revoke: first a preview, then the deed. */
export class RevocationSheet {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async show({ profile }: CommandRequest<'previewRevocation'>): Promise<void> {
    const step = this.#parts.sheets.open<'revocation'>({ kind: 'revocation', profile, step: { kind: 'asking' } });
    const preview = await this.#parts.revocations.preview(profile);
    step(preview.ok ? { kind: 'preview', preview: preview.value } : { kind: 'failed', error: preview.error });
  }

  /** Only what was shown can be confirmed. */
  async revoke({ profile }: CommandRequest<'revoke'>): Promise<void> {
    const { store, sheets, revocations } = this.#parts;
    const before = sheets.shown;
    if (before?.kind !== 'revocation' || before.profile !== profile || before.step.kind !== 'preview') return;
    const { preview } = before.step;
    const step = sheets.open<'revocation'>({ kind: 'revocation', profile, step: { kind: 'revoking', preview } });
    const revoked = await revocations.revoke(profile, { by: 'user' });
    const shown = step(revoked.ok ? { kind: 'revoked', preview: revoked.value } : await this.#stepAfter(profile, preview, revoked.error));
    // A user who closed the sheet meanwhile would believe that the sessions are dead.
    if (!shown && !revoked.ok) store.notify({ kind: 'failed', profile, error: revoked.error });
  }

  async #stepAfter(profile: string, shown: RevocationPreview, error: AppError): Promise<RevocationStep> {
    // A user who closes the prompt has changed their mind, and may do so again.
    if (error.code === 'mfa-cancelled') return { kind: 'preview', preview: shown };
    if (!othersCan.has(error.code)) return { kind: 'failed', error };
    // The document to hand over is stamped anew: the one that was shown lets the sessions issued since then live.
    const handedOver = await this.#parts.revocations.preview(profile);
    return handedOver.ok ? { kind: 'refused', preview: handedOver.value, error } : { kind: 'failed', error: handedOver.error };
  }

  async remove({ arn }: CommandRequest<'removeRevocation'>): Promise<void> {
    const removed = await this.#parts.revocations.remove(arn, { by: 'user' });
    if (!removed.ok) this.#parts.store.notify({ kind: 'failed', profile: null, error: removed.error });
  }

  forget({ arn }: CommandRequest<'forgetRevocation'>): void {
    this.#parts.revocations.forget(arn);
  }
}
