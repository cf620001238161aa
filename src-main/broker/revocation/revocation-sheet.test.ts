import { describe, expect } from 'vitest';
import type { RevocationStep } from '../../contract/sheet.ts';
import { timeIn, withRevocations, type RevocationRig } from '../../../testing/rigs/revocation-rig.ts';

/** The sheet that the user sees and uses. */
class ShownSheet {
  /** The steps so far. */
  readonly steps: RevocationStep['kind'][] = [];
  readonly #rig: RevocationRig;

  constructor(rig: RevocationRig) {
    this.#rig = rig;
    let before: unknown = null;
    rig.app.store.subscribe(({ sheet }) => {
      if (sheet !== before && sheet?.kind === 'revocation') this.steps.push(sheet.step.kind);
      before = sheet;
    });
  }

  show(profile = 'default'): Promise<void> {
    return this.#rig.app.broker.revocation.show({ profile });
  }

  revoke(profile = 'default'): Promise<void> {
    return this.#rig.app.broker.revocation.revoke({ profile });
  }

  step<K extends RevocationStep['kind']>(kind: K): Extract<RevocationStep, { kind: K }> {
    const { sheet } = this.#rig.app.store.state;
    if (sheet?.kind !== 'revocation' || sheet.step.kind !== kind) throw new Error(`shown is ${JSON.stringify(sheet)}`);
    return sheet.step as Extract<RevocationStep, { kind: K }>;
  }
}

const it = withRevocations().extend('sheet', ({ rig }) => new ShownSheet(rig));
const puts = (rig: RevocationRig) => rig.actions().filter((action) => action === 'PutUserPolicy').length;

describe('the sheet of a revocation', () => {
  it('the sheet of a revocation asks, shows what would be written, writes it, and says what was written', async ({ rig, sheet }) => {
    await rig.app.startSession();
    await sheet.show();
    const { preview } = sheet.step('preview');
    await sheet.revoke();
    const { preview: done } = sheet.step('revoked');
    expect(sheet.steps).toEqual(['asking', 'preview', 'revoking', 'revoked']);
    expect(done).toMatchObject({ ends: ['default'], principal: preview.principal });
    expect(Date.parse(done.neededUntil)).toBeGreaterThanOrEqual(Date.parse(preview.neededUntil));
    expect(puts(rig)).toBe(1);
  });

  it.for([0, 1, 5])(
    'the sheet of a revocation hands over a document stamped after the refusal when AWS does not let it be written %i s after the preview',
    async (seconds, { rig, sheet }) => {
      await rig.app.startSession();
      rig.aws.alice.withhold('iam:PutUserPolicy');
      await sheet.show();
      const { preview } = sheet.step('preview');
      rig.aws.faults.clockOffsetSeconds = seconds;
      await sheet.revoke();
      const { preview: handedOver, error } = sheet.step('refused');
      expect(error).toEqual({ code: 'permission-denied', params: { action: 'iam:PutUserPolicy' } });
      const [shownTime, time] = [timeIn(preview.document), timeIn(handedOver.document)];
      expect(Date.parse(time) - Date.parse(shownTime)).toBeGreaterThanOrEqual(seconds * 1000);
      // Nothing but the time differs from what was confirmed.
      expect({ ...handedOver, document: handedOver.document.replace(time, shownTime), neededUntil: preview.neededUntil }).toEqual(preview);
      expect(Date.parse(handedOver.neededUntil) - Date.parse(time)).toBe(Date.parse(preview.neededUntil) - Date.parse(shownTime));
    },
  );

  it('the sheet of a revocation hands over a document that denies the session started to write it, as the one of the preview would not', async ({
    rig,
    sheet,
  }) => {
    rig.aws.alice.withhold('iam:PutUserPolicy');
    await sheet.show();
    const { preview } = sheet.step('preview');
    rig.aws.faults.clockOffsetSeconds = 2;
    const revoking = sheet.revoke();
    await rig.app.answerPrompt();
    await revoking;
    const { preview: handedOver } = sheet.step('refused');
    expect([preview.ends, handedOver.ends]).toEqual([[], ['default']]);
    rig.aws.alice.withhold();
    await rig.writePolicy(preview.document);
    expect(await rig.answerTo(rig.credentials())).toBe('allowed');
    await rig.writePolicy(handedOver.document);
    expect(await rig.answerTo(rig.credentials())).toBe('AccessDenied');
  });

  it('the sheet of a revocation hands over nothing, and says why, when AWS cannot be asked for the time after the refusal', async ({ rig, sheet }) => {
    await rig.app.startSession();
    rig.aws.alice.withhold('iam:PutUserPolicy');
    await sheet.show();
    // The first call is for the time of the writing; of the next one all three tries fail.
    rig.aws.faults.setOnce('sts:GetCallerIdentity', { kind: 'delayed', milliseconds: 0 });
    for (let attempt = 0; attempt < 3; attempt += 1) rig.aws.faults.setOnce('sts:GetCallerIdentity', { kind: 'dropped' });
    await sheet.revoke();
    expect(puts(rig)).toBe(1);
    expect(sheet.step('failed').error.code).toBe('network-unreachable');
  });

  it('the sheet of a revocation says why there is no preview, and why AWS could not be asked to write', async ({ rig, sheet }) => {
    rig.aws.faults.set('sts:GetCallerIdentity', { kind: 'dropped' });
    await sheet.show();
    expect(sheet.step('failed').error.code).toBe('network-unreachable');
    rig.aws.faults.clear();
    await sheet.show('nowhere');
    expect(sheet.step('failed').error.code).toBe('profile-unknown');
    await rig.app.startSession();
    await sheet.show();
    rig.aws.faults.set('iam:PutUserPolicy', { kind: 'unavailable' });
    await sheet.revoke();
    expect(sheet.step('failed').error.code).toBe('service-failed');
    expect(rig.app.profile().session.kind).toBe('active');
  });

  it('the sheet of a revocation goes back to the preview when the prompt is cancelled', async ({ rig, sheet }) => {
    await sheet.show();
    const { preview } = sheet.step('preview');
    const revoking = sheet.revoke();
    await rig.app.step('enter-code');
    rig.app.cancelPrompt();
    await revoking;
    expect(sheet.step('preview').preview).toEqual(preview);
    expect(puts(rig)).toBe(0);
  });

  it('the sheet of a revocation revokes nothing that was not shown', async ({ rig, sheet }) => {
    await rig.app.startSession();
    await sheet.revoke();
    const asking = sheet.show();
    await sheet.revoke();
    await asking;
    await sheet.revoke('other');
    rig.app.broker.sheets.close();
    await sheet.revoke();
    expect(puts(rig)).toBe(0);
    expect(rig.app.store.state.sheet).toBeNull();
  });

  it('the sheet of a revocation revokes once, however often it is confirmed', async ({ rig, sheet }) => {
    await rig.app.startSession();
    await sheet.show();
    await Promise.all([sheet.revoke(), sheet.revoke()]);
    await sheet.revoke();
    expect(puts(rig)).toBe(1);
  });

  it('the sheet of a revocation stays closed when it was closed meanwhile, and leaves another one alone', async ({ rig, sheet }) => {
    const asking = sheet.show();
    rig.app.broker.sheets.close();
    await asking;
    expect(rig.app.store.state.sheet).toBeNull();
    await rig.app.startSession();
    await sheet.show();
    const revoking = sheet.revoke();
    const history = rig.app.broker.history.show();
    await Promise.all([revoking, history]);
    expect(rig.app.store.state.sheet?.kind).toBe('history');
    // It was confirmed all the same.
    expect(rig.app.profile().session.kind).toBe('none');
  });

  it('the sheet of a revocation links only to what it shows', async ({ rig, sheet }) => {
    const { sheets } = rig.app.broker;
    const asking = sheet.show();
    expect(sheets.hasLink('')).toBe(false);
    await asking;
    const url = sheet.step('preview').preview.consoleUrl ?? '';
    expect(url).toBe('https://console.aws.amazon.com/iam/home#/users/details/alice?section=permissions');
    expect([sheets.hasLink(url), sheets.hasLink(`${url}#`), sheets.hasLink('https://example.com/')]).toEqual([true, false, false]);
    sheets.close();
    expect(sheets.hasLink(url)).toBe(false);
  });

  it('the sheet of a revocation tells of a policy that could not be taken off', async ({ rig }) => {
    await rig.app.broker.revocation.remove({ arn: rig.aws.alice.arn });
    expect(rig.app.store.state.notice).toMatchObject({ kind: 'failed', error: { code: 'revocation-none', params: { profile: rig.aws.alice.arn } } });
  });
});
