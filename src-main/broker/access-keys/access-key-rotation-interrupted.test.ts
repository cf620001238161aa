import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testCipher } from '../../../testing/samples/test-cipher.ts';
import { breakStep, callFaults, errorOf, mendStep, rotated, RotationRig, stubEnvironment } from '../../../testing/rigs/rotation-rig.ts';

vi.setConfig({ maxConcurrency: 8 });
beforeAll(stubEnvironment);
afterAll(() => void vi.unstubAllEnvs());

/** With the key that the profile has while the step does not work. */
const steps = [
  { action: 'iam:ListAccessKeys', has: 'old' },
  { action: 'iam:CreateAccessKey', has: 'old' },
  { action: 'sts:GetCallerIdentity', has: 'old' },
  { action: 'iam:UpdateAccessKey', has: 'new' },
] as const;

const interruptions = steps.flatMap((step) =>
  Object.entries(callFaults)
    .filter(([, { kind }]) => kind !== 'withheld' || step.action.startsWith('iam:'))
    .map(([how, fault]) => ({ ...step, how, ...fault })),
);
/** All that a restart can tell apart. */
const beforeAndAfter = interruptions.filter(({ kind }) => kind === 'failed' || kind === 'answer-dropped');

describe.concurrent.each([
  { end: 'goes on in the same app', cipher: () => undefined, restarts: false, calls: interruptions },
  { end: 'goes on after a restart with a keychain', cipher: () => testCipher(), restarts: true, calls: beforeAndAfter },
  { end: 'goes on after a restart without a keychain', cipher: () => undefined, restarts: true, calls: beforeAndAfter },
])('a rotation that is interrupted $end', ({ cipher, restarts, calls }) => {
  it.for(calls)('an interrupted rotation goes on when $action $how', async (interruption, context) => {
    const chosen = cipher();
    const rig = await RotationRig.start(context, chosen === undefined ? {} : { cipher: chosen });
    breakStep(rig, interruption);
    const refused = await rig.rotate();
    expect(errorOf(refused)).toMatchObject(interruption.error(interruption.action));
    mendStep(rig);
    expect(await rig.isSafe()).toBe(true);
    expect(await rig.leaks(refused)).toEqual([]);
    expect((await rig.kept()).accessKeyId === rig.old.accessKeyId).toBe(interruption.has === 'old');
    if (restarts) await rig.restart();
    expect(await rig.outcome(await rig.rotate())).toEqual(rotated);
  });
});
