import type { Result } from '../../contract/app-error.ts';
import { accountIdOf } from '../../core/aws-names/arn.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { ActionToConfirm, Confirmations } from '../questions/confirmations.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { Revocations } from './revocations.ts';

type ToConfirmParts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly revocations: Pick<Revocations, 'preview' | 'principalFor'>;
};

type Parts = ToConfirmParts & {
  readonly revocations: Pick<Revocations, 'preview' | 'revoke' | 'remove' | 'principalFor'>;
  readonly confirmations: Pick<Confirmations, 'ask'>;
  readonly callers: Callers;
};

/** What the command line asks of a revocation, and of the policy that it leaves. */
export function revocationApiHandlers({ revocations, confirmations, callers, ...parts }: Parts) {
  return {
    revocation: ({ profile }) => revocations.preview(profile),
    revoke: async (request, context) => {
      const confirmed = await confirmations.ask(() => toRevoke(request.profile, revocations), callers.asking(request, context));
      return confirmed.ok ? revocations.revoke(request.profile, callers.requester(request, context)) : confirmed;
    },
    'remove-revocation': async (request, context) => {
      const kept = keptRevocation(request.profile, { ...parts, revocations });
      if (!kept.ok) return kept;
      const { arn } = kept.value;
      const confirmed = await confirmations.ask(async () => toRemove(request.profile, { ...parts, revocations }), callers.asking(request, context));
      if (!confirmed.ok) return confirmed;
      const removed = await revocations.remove(arn, callers.requester(request, context));
      return removed.ok ? succeeded({ arn }) : removed;
    },
  } satisfies Partial<ApiHandlers>;
}

async function toRevoke(profile: string, revocations: ToConfirmParts['revocations']): Promise<Result<ActionToConfirm>> {
  const preview = await revocations.preview(profile);
  if (!preview.ok) return preview;
  const { arn } = preview.value.principal;
  return succeeded({ profile, accountIds: accountsOf(arn), action: { verb: 'revoke', arn } });
}

function toRemove(profile: string, parts: ToConfirmParts): Result<ActionToConfirm> {
  const kept = keptRevocation(profile, parts);
  return kept.ok ? succeeded({ profile, accountIds: accountsOf(kept.value.arn), action: { verb: 'remove-revocation', ...kept.value } }) : kept;
}

/** `neededUntil` in epoch milliseconds. Fails with `revocation-none` `{profile}`. */
function keptRevocation(profile: string, { store, revocations }: ToConfirmParts): Result<{ readonly arn: string; readonly neededUntil: number }> {
  const arn = revocations.principalFor(profile);
  const kept = store.content.settings.revocations[arn ?? ''];
  return arn === null || kept === undefined ? failed(appError('revocation-none', { profile })) : succeeded({ arn, neededUntil: kept.neededUntil });
}

function accountsOf(arn: string): readonly string[] {
  const accountId = accountIdOf(arn);
  return accountId === null ? [] : [accountId];
}
