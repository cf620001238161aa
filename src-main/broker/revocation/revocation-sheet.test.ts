import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import type { RevocationStep, Sheet } from '../../contract/sheet.ts';
import { BrokerBench, startAws } from '../../../testing/rigs/broker-rig.ts';

let aws: LocalAws;
let bench: BrokerBench;
let steps: RevocationStep['kind'][];

beforeEach(async () => {
  aws = await startAws();
  bench = await BrokerBench.start(aws);
  steps = [];
  let before: Sheet | null = null;
  bench.store.subscribe(({ sheet }) => {
    if (sheet !== before && sheet?.kind === 'revocation') steps.push(sheet.step.kind);
    before = sheet;
  });
});
afterEach(async () => {
  await bench.close();
  await aws.close();
});

const show = (profile = 'default') => bench.broker.revocation.show({ profile });
const revoke = (profile = 'default') => bench.broker.revocation.revoke({ profile });
const puts = () => aws.calls.filter(({ action }) => action === 'PutUserPolicy').length;

function shown<K extends RevocationStep['kind']>(kind: K): Extract<RevocationStep, { kind: K }> {
  const { sheet } = bench.store.state;
  if (sheet?.kind !== 'revocation' || sheet.step.kind !== kind) throw new Error(`shown is ${JSON.stringify(sheet)}`);
  return sheet.step as Extract<RevocationStep, { kind: K }>;
}

describe('the sheet of a revocation', () => {
  it('asks, shows what would be written, writes it, and says what was written', async () => {
    await bench.startSession();
    await show();
    const { preview } = shown('preview');
    await revoke();
    const { preview: done } = shown('revoked');
    expect(steps).toEqual(['asking', 'preview', 'revoking', 'revoked']);
    expect(done).toMatchObject({ ends: ['default'], principal: preview.principal });
    expect(Date.parse(done.neededUntil)).toBeGreaterThanOrEqual(Date.parse(preview.neededUntil));
    expect(puts()).toBe(1);
  });

  it('hands the document that was shown over when AWS does not let it be written', async () => {
    await bench.startSession();
    aws.alice.withhold('iam:PutUserPolicy');
    await show();
    const { preview } = shown('preview');
    await revoke();
    expect(shown('refused')).toMatchObject({ preview, error: { code: 'permission-denied', params: { action: 'iam:PutUserPolicy' } } });
  });

  it('says why there is no preview, and why AWS could not be asked to write', async () => {
    aws.faults.set('sts:GetCallerIdentity', { kind: 'dropped' });
    await show();
    expect(shown('failed').error.code).toBe('network-unreachable');
    aws.faults.clear();
    await show('nowhere');
    expect(shown('failed').error.code).toBe('profile-unknown');
    await bench.startSession();
    await show();
    aws.faults.set('iam:PutUserPolicy', { kind: 'unavailable' });
    await revoke();
    expect(shown('failed').error.code).toBe('service-failed');
    expect(bench.profile().session.kind).toBe('active');
  });

  it('goes back to the preview when the prompt is cancelled', async () => {
    await show();
    const { preview } = shown('preview');
    const revoking = revoke();
    await bench.step('enter-code');
    bench.sessions.cancelPrompt({ promptId: bench.promptId });
    await revoking;
    expect(shown('preview').preview).toEqual(preview);
    expect(puts()).toBe(0);
  });

  it('revokes nothing that was not shown', async () => {
    await bench.startSession();
    await revoke();
    const asking = show();
    await revoke();
    await asking;
    await revoke('other');
    bench.broker.sheets.close();
    await revoke();
    expect(puts()).toBe(0);
    expect(bench.store.state.sheet).toBeNull();
  });

  it('revokes once, however often it is confirmed', async () => {
    await bench.startSession();
    await show();
    await Promise.all([revoke(), revoke()]);
    await revoke();
    expect(puts()).toBe(1);
  });

  it('stays closed when it was closed meanwhile, and leaves another one alone', async () => {
    const asking = show();
    bench.broker.sheets.close();
    await asking;
    expect(bench.store.state.sheet).toBeNull();
    await bench.startSession();
    await show();
    const revoking = revoke();
    const history = bench.broker.history.show();
    await Promise.all([revoking, history]);
    expect(bench.store.state.sheet?.kind).toBe('history');
    // It was confirmed all the same.
    expect(bench.profile().session.kind).toBe('none');
  });

  it('links only to what it shows', async () => {
    const { sheets } = bench.broker;
    const asking = show();
    expect(sheets.hasLink('')).toBe(false);
    await asking;
    const url = shown('preview').preview.consoleUrl ?? '';
    expect(url).toBe('https://console.aws.amazon.com/iam/home#/users/details/alice?section=permissions');
    expect([sheets.hasLink(url), sheets.hasLink(`${url}#`), sheets.hasLink('https://example.com/')]).toEqual([true, false, false]);
    sheets.close();
    expect(sheets.hasLink(url)).toBe(false);
  });

  it('tells of a policy that could not be taken off', async () => {
    await bench.broker.revocation.remove({ arn: aws.alice.arn });
    expect(bench.store.state.notice).toMatchObject({ kind: 'failed', error: { code: 'revocation-none', params: { profile: aws.alice.arn } } });
  });
});
