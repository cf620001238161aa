import { describe, expect } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { asksFor, callsOf } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, portalConfig, signInStep } from '../../../testing/rigs/sign-in-rig.ts';
import { errorSentences } from '../../core/texts/translate.ts';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';
import type { AppError } from '../../contract/app-error.ts';

const it = withBroker((aws) => ({
  config:
    portalConfig(aws.startUrl, { dev: ['111111111111', 'AdministratorAccess'] }) + `[profile sandbox]\nlogin_session = ${aws.alice.arn}\nregion = us-east-1\n`,
}));
const minute = 60_000;

/** The sentences of a failure, in English and Japanese. */
function said(given: { readonly ok: boolean; readonly error?: AppError }): readonly string[] {
  const { error } = given;
  if (error === undefined) throw new Error('it did not fail');
  return (['en', 'ja'] as const).map((language) => errorSentences(shippedTexts[language], error));
}

describe('an access portal of another region', () => {
  it.for(['InvalidRequestException', 'UnauthorizedClientException', 'InvalidClientException'] as const)(
    'a portal that is asked in a region that is not its own and says %s is told with the setting to correct',
    async (type, { aws, rig }) => {
      aws.identityCenter.elsewhere = { type };
      const given = await asksFor(rig, 'dev');
      aws.identityCenter.elsewhere = null;
      expect(given).toMatchObject({ ok: false, error: { code: 'portal-start-url-refused', params: { startUrl: aws.startUrl, region: 'us-east-1' } } });
      for (const sentence of said(given)) expect(sentence).toContain('sso_region');
    },
  );

  it('a portal that names its region is told with it', async ({ aws, rig }) => {
    aws.identityCenter.elsewhere = { type: 'InvalidRequestRegionException', region: 'eu-central-1' };
    const given = await asksFor(rig, 'dev');
    aws.identityCenter.elsewhere = null;
    expect(given).toMatchObject({ ok: false, error: { code: 'portal-other-region', params: { name: 'corp', region: 'us-east-1', home: 'eu-central-1' } } });
    for (const sentence of said(given)) expect(sentence).toMatch(/eu-central-1.*sso_region|sso_region.*eu-central-1/);
  });

  it('another device is told the same', async ({ aws, rig }) => {
    const asked = asksFor(rig, 'dev');
    const { promptId } = await signInStep(rig, 'browser');
    aws.identityCenter.elsewhere = { type: 'UnauthorizedClientException' };
    rig.broker.commands.signInElsewhere({ promptId });
    const given = await asked;
    aws.identityCenter.elsewhere = null;
    expect(given).toMatchObject({ ok: false, error: { code: 'portal-start-url-refused' } });
  });

  it('a portal that refuses what it gave a moment ago is a sentence of its own, and is not asked for ever', async ({ aws, rig }) => {
    const refused = JSON.stringify({ __type: 'UnauthorizedException', message: 'Session token not found or invalid' });
    aws.faults.set('sso:GetRoleCredentials', { kind: 'answered', status: 401, contentType: 'application/json', body: refused });
    const before = callsOf(aws, 'GetRoleCredentials');
    const asked = asksFor(rig, 'dev');
    await personAnswers(rig, 'sato');
    const given = await asked;
    aws.faults.clear();
    expect(given).toMatchObject({ ok: false, error: { code: 'portal-token-refused', params: { name: 'corp', region: 'us-east-1' } } });
    for (const sentence of said(given)) expect(sentence).toContain('sso_region');
    expect(callsOf(aws, 'GetRoleCredentials')).toBe(before + 2);
    expect(rig.signIns).toHaveLength(1);
  });
});

/** This computer's clock differs from AWS's. */
function clockAhead(rig: BrokerRig, minutes: number): void {
  rig.aws.faults.clockOffsetSeconds = -minutes * 60;
}

describe('a clock that is wrong', () => {
  it.for([
    [20, 'clock-ahead'],
    [-20, 'clock-behind'],
  ] as const)('an AWS sign-in by a clock that is %i minutes ahead is told with the seconds', async ([minutes, code], { aws, rig }) => {
    const asked = asksFor(rig, 'sandbox');
    await signInStep(rig, 'browser');
    clockAhead(rig, minutes);
    await personAnswers(rig, aws.alice.arn);
    const given = await asked;
    expect(given).toMatchObject({ ok: false, error: { code } });
    if (given.ok) return;
    expect(Math.abs(Number(given.error.params['seconds']) - 1200)).toBeLessThan(5);
    for (const sentence of said(given)) expect(sentence).toMatch(/\d{4}/);
  });

  it('an AWS sign-in whose renewal meets a wrong clock is not ended by it, and goes on once the clock is right', async ({ aws, rig }) => {
    const first = asksFor(rig, 'sandbox');
    await personAnswers(rig, aws.alice.arn);
    await first;
    rig.ahead = 16 * minute;
    expect(await asksFor(rig, 'sandbox')).toMatchObject({ ok: false, error: { code: 'clock-ahead' } });
    expect(rig.store.state.signIns).toMatchObject([{}, { state: { kind: 'active' } }]);
    aws.faults.clockOffsetSeconds = 16 * 60;
    expect(await asksFor(rig, 'sandbox')).toMatchObject({ ok: true });
    expect(rig.signIns).toHaveLength(1);
  });

  it('credentials of an access portal that are over by this computer’s clock are told with the clock, and the sign-in stays', async ({ rig }) => {
    const asked = asksFor(rig, 'dev');
    clockAhead(rig, 120);
    await personAnswers(rig, 'sato');
    const given = await asked;
    clockAhead(rig, 0);
    expect(given).toMatchObject({ ok: false, error: { code: 'portal-credentials-over' } });
    for (const sentence of said(given)) expect(sentence).toMatch(/clock|時計/);
    expect(rig.store.state.signIns).toMatchObject([{ state: { kind: 'active' } }, {}]);
    expect(await asksFor(rig, 'dev')).toMatchObject({ ok: true });
  });

  it('an access portal signs people in by a clock that is behind, which it asks nothing of', async ({ rig }) => {
    const asked = asksFor(rig, 'dev');
    clockAhead(rig, -120);
    await personAnswers(rig, 'sato');
    expect(await asked).toMatchObject({ ok: true });
    clockAhead(rig, 0);
  });

  it('a request that AWS Sign-In refuses while the clock is right is not said to be the clock’s fault', async ({ aws, rig }) => {
    const asked = asksFor(rig, 'sandbox');
    await signInStep(rig, 'browser');
    const body = JSON.stringify({ __type: 'ValidationException', error: 'INVALID_REQUEST', message: 'Signature verification failed' });
    aws.faults.set('signin:CreateOAuth2Token', { kind: 'answered', status: 400, contentType: 'application/json', body });
    await personAnswers(rig, aws.alice.arn);
    const given = await asked;
    aws.faults.clear();
    expect(given).toMatchObject({ ok: false, error: { code: 'login-request-refused' } });
    for (const sentence of said(given)) expect(sentence).not.toMatch(/seconds|秒/);
  });
});
