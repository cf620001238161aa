import type { AppError } from '../contract/app-error.ts';
import type { CommandRequest } from '../contract/ipc.ts';
import type { RevocationPreview, RevocationStep } from '../contract/sheet.ts';
import type { Revocations } from './revocations.ts';
import type { Sheets } from './sheets.ts';
import type { UiStateStore } from './ui-state-store.ts';

type Parts = { readonly store: UiStateStore; readonly sheets: Sheets; readonly revocations: Pick<Revocations, 'preview' | 'revoke' | 'remove'> };

/** Refusals after which somebody else can still write the policy that was shown. */
const othersCan: ReadonlySet<AppError['code']> = new Set(['permission-denied', 'entity-protected', 'policy-limit']);

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
    const { sheets, revocations } = this.#parts;
    const before = sheets.shown;
    if (before?.kind !== 'revocation' || before.profile !== profile || before.step.kind !== 'preview') return;
    const { preview } = before.step;
    const step = sheets.open<'revocation'>({ kind: 'revocation', profile, step: { kind: 'revoking', preview } });
    const revoked = await revocations.revoke(profile, { by: 'user' });
    step(revoked.ok ? { kind: 'revoked', preview: revoked.value } : stepAfter(preview, revoked.error));
  }

  async remove({ arn }: CommandRequest<'removeRevocation'>): Promise<void> {
    const removed = await this.#parts.revocations.remove(arn, { by: 'user' });
    if (!removed.ok) this.#parts.store.notify({ kind: 'failed', profile: null, error: removed.error });
  }
}

function stepAfter(preview: RevocationPreview, error: AppError): RevocationStep {
  // Whoever closes the prompt has changed their mind, and may again.
  if (error.code === 'mfa-cancelled') return { kind: 'preview', preview };
  return othersCan.has(error.code) ? { kind: 'refused', preview, error } : { kind: 'failed', error };
}
