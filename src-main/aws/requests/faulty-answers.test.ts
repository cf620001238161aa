import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteAccessKeyCommand, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { iamClient, startBaseSession } from '../../../testing/aws/clients/sdk-session.ts';
import type { Fault } from '../../../testing/aws/faults/faults.ts';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { hurried } from '../../../testing/processes/hurried.ts';
import { awsCallsOf, type AwsCaller } from '../../../testing/samples/aws-calls.ts';
import { tried } from '../../../testing/trust/times.ts';
import type { AppError } from '../../contract/app-error.ts';
import { errorSentences } from '../../core/texts/translate.ts';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';

const html = '<!DOCTYPE html><html><head><title>Welcome</title></head><body><form>Accept our terms</form></body></html>';
const answerOf = (action: string) => `<${action}Response xmlns="https://example.com/"><${action}Result/></${action}Response>`;

type Expected = Partial<AppError>;
const unreachable = { code: 'network-unreachable' } as const;
const unexpected = { code: 'unexpected-answer' } as const;

const faults: readonly (readonly [how: string, fault: (action: string) => Fault, expected: Expected])[] = [
  ['is never answered', () => ({ kind: 'silent' }), unreachable],
  ['is cut off before the effect', () => ({ kind: 'dropped' }), unreachable],
  ['is cut off in place of the answer', () => ({ kind: 'answer-dropped' }), unreachable],
  ['is cut off in the middle of the answer', () => ({ kind: 'answer-cut' }), unreachable],
  ['is throttled', () => ({ kind: 'throttled' }), { code: 'throttled' }],
  ['fails with 500', () => ({ kind: 'failed' }), { code: 'service-failed' }],
  ['fails with 503', () => ({ kind: 'unavailable' }), { code: 'service-failed' }],
  ['fails with 502 and a page', () => ({ kind: 'answered', status: 502, contentType: 'text/html', body: html }), { code: 'service-failed' }],
  [
    'is answered with half of an XML',
    (action) => ({ kind: 'answered', status: 200, contentType: 'text/xml', body: answerOf(action).slice(0, -9) }),
    unexpected,
  ],
  ['is answered with another XML', () => ({ kind: 'answered', status: 200, contentType: 'text/xml', body: answerOf('Other') }), unexpected],
  ['is answered with nothing', () => ({ kind: 'answered', status: 200, contentType: 'text/xml', body: '' }), unexpected],
  ['is answered with the page of a portal', () => ({ kind: 'answered', status: 200, contentType: 'text/html', body: html }), unexpected],
  ['is refused with the page of a portal', () => ({ kind: 'answered', status: 403, contentType: 'text/html', body: html }), unexpected],
];

type Asked = AwsCaller & { readonly aws: LocalAws };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faulty-answers-'));
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$/i.test(name)) vi.stubEnv(name, undefined);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function asked(): Promise<Asked> {
  const aws = await startLocalAws();
  const files = { config: join(folder, new URL(aws.endpoint).port), credentials: join(folder, 'credentials') };
  await writeFile(files.config, `[default]\nendpoint_url = ${aws.endpoint}\n`);
  const options = { profile: 'default', files, region: 'us-east-1' };
  const { accessKeyId, secretAccessKey } = aws.alice;
  const session = await startBaseSession(aws);
  aws.forgetUsedCodes();
  return {
    aws,
    serial: aws.alice.mfaSerial,
    code: () => aws.nextTotpCode(),
    roleArn: aws.accounts.b.deployRoleArn,
    byKey: { ...options, credentials: { accessKeyId, secretAccessKey } },
    bySession: { ...options, credentials: session },
  };
}

/** AWS allows two keys, and one may have been made by the call that went wrong. */
async function deleteOtherKeys(aws: LocalAws): Promise<void> {
  const iam = iamClient(aws);
  // Where alice's own key does not work any more, there is no other.
  const listed = await iam.send(new ListAccessKeysCommand({ UserName: 'alice' })).catch(() => null);
  for (const { AccessKeyId } of listed?.AccessKeyMetadata ?? [])
    if (AccessKeyId !== aws.alice.accessKeyId) await iam.send(new DeleteAccessKeyCommand({ UserName: 'alice', AccessKeyId }));
}

describe('a call of STS or IAM', () => {
  it.for(faults)(
    'a call of STS or IAM that %s is told in two sentences of each language, and works once AWS does',
    { timeout: 120_000 },
    async ([, fault, expected], context) => {
      for (const [action, ask] of Object.entries(awsCallsOf)) {
        const there = await asked();
        there.aws.faults.set(action, fault(action));
        const { found: refused, waited } = await hurried(() => ask(there));
        expect({ action, ...refused }).toMatchObject({ action, ok: false, error: expected });
        expect(waited).toBeLessThan(60_000);
        const { error } = refused as { readonly error: AppError };
        for (const language of ['en', 'ja'] as const) expect(errorSentences(shippedTexts[language], error)).not.toMatch(/\{\{|undefined|null|</);
        there.aws.faults.clear();
        there.aws.forgetUsedCodes();
        await deleteOtherKeys(there.aws);
        expect({ action, ...(await ask(there)) }).toMatchObject({ action, ok: true });
        await there.aws.close();
      }
      tried(context, Object.keys(awsCallsOf).length);
    },
  );

  it('a call of STS or IAM that is answered late is waited for', async (context) => {
    const answers = Object.entries(awsCallsOf).map(async ([action, ask]) => {
      const there = await asked();
      there.aws.faults.set(action, { kind: 'delayed', milliseconds: 3000 });
      expect({ action, ...(await ask(there)) }).toMatchObject({ action, ok: true });
      await there.aws.close();
    });
    await Promise.all(answers);
    tried(context, answers.length);
  });
});
