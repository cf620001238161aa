import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../../testing/aws/faults/faults.ts';
import { startLocalAws } from '../../../testing/aws/local-aws.ts';
import { hurried } from '../../../testing/processes/hurried.ts';
import { signIn, signInCallsOf } from '../../../testing/rigs/sign-in-calls.ts';
import type { AppError } from '../../contract/app-error.ts';
import { errorSentences } from '../../core/texts/translate.ts';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';

const page = '<!DOCTYPE html><html><body><form>Accept our terms</form></body></html>';
const answered = (status: number, contentType: string, body: string): Fault => ({ kind: 'answered', status, contentType, body });
const unexpected = (name: string): AppError => ({ code: 'unexpected-answer', params: { name } }) as never;
const unreachable = { code: 'network-unreachable' } as const;

const faults: readonly (readonly [how: string, fault: Fault, expected: Partial<AppError>])[] = [
  ['is answered with the page of a portal', answered(200, 'text/html', page), unexpected('text/html')],
  ['is answered with a page that says it is JSON', answered(200, 'application/json', page), unexpected('broken JSON')],
  ['is answered with a page without a type', answered(200, '', page), unexpected('no content type')],
  ['is answered with half of an answer', answered(200, 'application/json', '{"accessToken": "an acc'), unexpected('broken JSON')],
  ['is answered with a list', answered(200, 'application/json', '[]'), unexpected('broken JSON')],
  ['is sent to the page of a portal', answered(302, 'text/html', page), unexpected('text/html')],
  ['is refused with the page of a proxy', answered(403, 'text/html; charset=utf-8', page), unexpected('text/html; charset=utf-8')],
  ['fails with 502 and a page', answered(502, 'text/html', page), { code: 'service-failed' }],
  ['fails with 503', { kind: 'unavailable' }, { code: 'service-failed' }],
  ['is throttled', { kind: 'throttled' }, { code: 'throttled' }],
  ['is throttled with a page', answered(429, 'text/html', page), { code: 'throttled' }],
  ['is throttled in words of another service', answered(429, 'application/json', '{"message": "Rate exceeded"}'), { code: 'throttled' }],
  ['is never answered', { kind: 'silent' }, unreachable],
  ['is cut off before the effect', { kind: 'dropped' }, unreachable],
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faulty-sign-ins-'));
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$/i.test(name)) vi.stubEnv(name, undefined);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function started() {
  const aws = await startLocalAws();
  const config = join(folder, new URL(aws.endpoint).port);
  await writeFile(config, `[default]\nendpoint_url = ${aws.endpoint}\n`);
  return { aws, signedIn: await signIn(aws, { profile: 'default', files: { config, credentials: join(folder, 'credentials') }, proxy: '' }) };
}

describe('a call of a sign-in', () => {
  it.for(faults)(
    'a call of a sign-in that %s is told in two sentences of each language, and works once AWS does',
    { timeout: 120_000 },
    async ([, fault, expected]) => {
      for (const [action, prepare] of Object.entries(signInCallsOf)) {
        const { aws, signedIn } = await started();
        const ask = await prepare(signedIn);
        aws.faults.set(action, fault);
        const { found, waited } = await hurried(() => ask(signedIn.way));
        expect({ action, ...found }).toMatchObject({ action, ok: false, error: expected });
        expect(waited).toBeLessThan(55_000);
        const { error } = found as { readonly error: AppError };
        for (const language of ['en', 'ja'] as const) expect(errorSentences(shippedTexts[language], error)).not.toMatch(/\{\{|undefined|null|<|Error/);
        aws.faults.clear();
        expect({ action, ...(await ask(signedIn.way)) }).toMatchObject({ action, ok: true });
        await aws.close();
      }
    },
  );

  it('a call of a sign-in that is throttled for some seconds is asked again until it is answered', async () => {
    for (const [action, prepare] of Object.entries(signInCallsOf)) {
      const { aws, signedIn } = await started();
      const ask = await prepare(signedIn);
      for (let times = 0; times < 4; times += 1) aws.faults.setOnce(action, { kind: 'throttled' });
      const { found, waited } = await hurried(() => ask(signedIn.way));
      expect({ action, ...found }).toMatchObject({ action, ok: true });
      expect(waited).toBeGreaterThan(1_000);
      await aws.close();
    }
  });

  it.for([
    ['no second', '0'],
    ['less than nothing', '-1'],
    ['for ever', '1e999'],
    ['nobody knows how long', 'null'],
  ] as const)('what is given for a sign-in and lasts %s is an answer that nobody takes', async ([, expiresIn]) => {
    const { aws, signedIn } = await started();
    const tokens = `"refreshToken": "a refresh token", "tokenType": "Bearer", "expiresIn": ${expiresIn}`;
    const credentials = '{"accessKeyId": "ASIAEXAMPLE", "secretAccessKey": "a secret", "sessionToken": "a token"}';
    const device = '"deviceCode": "a code", "userCode": "ABCD-EFGH", "verificationUri": "http://127.0.0.1/"';
    const bodies = {
      'sso-oidc:CreateToken': `{"accessToken": "an access token", ${tokens}}`,
      'sso-oidc:StartDeviceAuthorization': `{${device}, "expiresIn": ${expiresIn}}`,
      'signin:CreateOAuth2Token': `{"accessToken": ${credentials}, ${tokens}}`,
    };
    for (const [action, body] of Object.entries(bodies)) {
      const ask = await signInCallsOf[action]?.(signedIn);
      aws.faults.set(action, answered(200, 'application/json', body));
      expect({ action, ...(await ask?.(signedIn.way)) }).toMatchObject({ action, ok: false, error: unexpected('an answer without its values') });
      aws.faults.clear();
    }
    await aws.close();
  });

  it('a call of a sign-in that is answered late is waited for', async () => {
    const answers = Object.entries(signInCallsOf).map(async ([action, prepare]) => {
      const { aws, signedIn } = await started();
      const ask = await prepare(signedIn);
      aws.faults.set(action, { kind: 'delayed', milliseconds: 3_000 });
      expect({ action, ...(await ask(signedIn.way)) }).toMatchObject({ action, ok: true });
      await aws.close();
    });
    await Promise.all(answers);
  });
});
