import { appError, failed, succeeded } from '../../core/errors.ts';
import { isoSeconds } from '../../core/hand-offs/exports.ts';
import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { Revocations } from './revocations.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly revocations: Pick<Revocations, 'preview' | 'revoke' | 'remove' | 'principalFor'>;
  readonly callers: Callers;
};

/** What the command line asks of a revocation, and of the policy that it leaves. */
export function revocationApiHandlers({ store, revocations, callers }: Parts) {
  return {
    revocation: ({ profile }) => revocations.preview(profile),
    revoke: (request, context) => revocations.revoke(request.profile, callers.requester(request, context)),
    'kept-revocation': async ({ profile }) => {
      const arn = revocations.principalFor(profile);
      const kept = store.content.settings.revocations[arn ?? ''];
      return arn === null || kept === undefined
        ? failed(appError('revocation-none', { profile }))
        : succeeded({ arn, neededUntil: isoSeconds(kept.neededUntil) });
    },
    'remove-revocation': async (request, context) => {
      const arn = revocations.principalFor(request.profile);
      if (arn === null) return failed(appError('revocation-none', { profile: request.profile }));
      const removed = await revocations.remove(arn, callers.requester(request, context));
      return removed.ok ? succeeded({ arn }) : removed;
    },
  } satisfies Partial<ApiHandlers>;
}
