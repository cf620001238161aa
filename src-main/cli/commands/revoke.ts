import type { RevocationPreview } from '../../contract/sheet.ts';
import { othersCan } from '../../core/revocation/revocation.ts';
import type { Failure } from '../process/app-connection.ts';
import { callerPid } from '../process/caller.ts';
import { exitCodes } from '../process/cli-world.ts';
import { askInWindow } from './support/in-window.ts';
import { localTime } from '../texts/local-time.ts';
import type { Call } from './support/call.ts';

/** Denies every session that has been issued to the profile's user or role so far. */
export async function revoke(call: Call): Promise<number> {
  const { invocation, world, texts, ask, fail, failUsage } = call;
  const { word: profile, options, command } = invocation;
  if (options.remove !== undefined && options['dry-run'] !== undefined)
    return failUsage({ key: 'usage-one-of', params: { command, options: '--dry-run, --remove' }, command });
  if (options.remove !== undefined) return remove(call);
  const preview = await ask('revocation', () => ({ profile }));
  if (!preview.ok) return fail(preview);
  if (options['dry-run'] !== undefined) {
    world.printError(handOverText(preview.value, texts));
    world.print(`${preview.value.document}\n`);
    return exitCodes.done;
  }
  world.printError(previewText(preview.value, texts));
  const revoked = await askInWindow(call, 'revoke', () => ({ profile, ...callerPid(world) }));
  if (!revoked.ok) return await refused(call, revoked);
  world.print(`${revokedText(profile, revoked.value, texts)}\n`);
  return exitCodes.done;
}

async function remove(call: Call): Promise<number> {
  const { invocation, world, texts, fail } = call;
  const removed = await askInWindow(call, 'remove-revocation', () => ({ profile: invocation.word, ...callerPid(world) }));
  if (!removed.ok) return fail(removed);
  world.print(`${texts.t('revocation-removed', { arn: removed.value.arn })}\n`);
  return exitCodes.done;
}

/** Prints what somebody with the permission needs: the policy on standard output, and where it goes. */
async function refused({ invocation, world, texts, ask, fail }: Call, failure: Failure): Promise<number> {
  const exitCode = fail(failure);
  if (!othersCan.has(failure.error.code)) return exitCode;
  // Stamped anew: the one that was shown lets the sessions issued since then live, such as one started to write it.
  const handedOver = await ask('revocation', () => ({ profile: invocation.word }));
  if (!handedOver.ok) {
    fail(handedOver);
    return exitCode;
  }
  world.printError(handOverText(handedOver.value, texts));
  world.print(`${handedOver.value.document}\n`);
  return exitCode;
}

function previewText({ principal, policyName, ends, outlive }: RevocationPreview, { t }: Call['texts']): string {
  return [
    t('revoke-preview', { policy: policyName, arn: principal.arn }),
    t('revoke-keys-stay'),
    ...(ends.length === 0 ? [] : [t('revoke-ends', { profiles: ends.join(', ') })]),
    ...outliveLines(outlive, t),
    t('revoke-assumed'),
    '',
  ].join('\n');
}

function revokedText(profile: string, { principal, policyName, neededUntil, outlive }: RevocationPreview, { t }: Call['texts']): string {
  return [
    t('revoke-done', { arn: principal.arn, policy: policyName }),
    ...outliveLines(outlive, t),
    t('revoke-assumed'),
    t('revoke-needed-until', { until: localTime(neededUntil), profile }),
    t('revoke-new-session', { profile }),
  ].join('\n');
}

function outliveLines(outlive: readonly string[], t: Call['texts']['t']): readonly string[] {
  return outlive.length === 0 ? [] : [t('revoke-outlive', { profiles: outlive.join(', ') })];
}

function handOverText({ principal, policyName, consoleUrl }: RevocationPreview, { t }: Call['texts']): string {
  const where = t('revoke-hand-over', { policy: policyName, arn: principal.arn });
  return consoleUrl === null ? `${where}\n` : `${where}\n${t('revoke-console', { url: consoleUrl })}\n`;
}
