import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ClientCredentials } from '../clients/client-env.ts';
import { outcomeOf, s3Call, type S3Call } from '../clients/s3-call.ts';
import { assumeRole } from '../clients/sdk-session.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { readXml, textAt } from '../wire/read-xml.ts';

let aws: LocalAws;
let inB: ClientCredentials;
let number = 0;
/** A name that no other test has. */
let name: string;
beforeAll(async () => {
  aws = await startLocalAws();
  inB = await assumeRole(aws, aws.alice, aws.accounts.b.deployRoleArn);
});
afterAll(() => aws.close());
beforeEach(() => {
  aws.faults.clear();
  name = `bucket-${(number += 1)}`;
});

const outcome = async (call: S3Call, credentials: ClientCredentials = aws.alice, region: string = aws.region) =>
  outcomeOf(await s3Call({ endpoint: aws.endpoint, region }, credentials, call));
const make = (more: S3Call = {}) => ({ method: 'PUT', path: `/${name}`, ...more });
const constraint = (region: string) => ({ body: `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>` });

async function document(query: Record<string, string>, path = `/${name}`) {
  const root = readXml((await s3Call(aws, aws.alice, { path, query })).text);
  if (root === null) throw new Error('no document');
  return root;
}

describe('a bucket', () => {
  test('belongs to the account that made it, and is in no list but that one’s', async () => {
    expect(await outcome(make(), inB)).toBe('200');
    const listed = async (credentials: ClientCredentials) => (await s3Call(aws, credentials)).text.includes(`<Name>${name}</Name>`);
    expect([await listed(inB), await listed(aws.bob), await listed(aws.alice)]).toEqual([true, true, false]);
  });

  test('is refused to other accounts in all that they ask, and its name is taken', async () => {
    await outcome(make(), inB);
    const path = `/${name}`;
    expect(await outcome({ path })).toBe('403 AccessDenied');
    expect(await outcome({ method: 'HEAD', path })).toBe('403');
    expect(await outcome({ path, query: { versioning: '' } })).toBe('403 AccessDenied');
    expect(await outcome({ method: 'PUT', path: `${path}/key`, body: 'x' })).toBe('403 AccessDenied');
    expect(await outcome({ method: 'DELETE', path })).toBe('403 AccessDenied');
    expect(await outcome(make())).toBe('409 BucketAlreadyExists');
  });

  test('that is not there is 404, also for what would be in it', async () => {
    const path = `/${name}`;
    for (const call of [{ path }, { path: `${path}/key` }, { path, query: { tagging: '' } }, { method: 'DELETE', path }]) {
      expect(await outcome(call)).toBe('404 NoSuchBucket');
    }
    expect(await outcome({ method: 'HEAD', path })).toBe('404');
  });

  test('may be made again by its owner in us-east-1 only', async () => {
    expect([await outcome(make()), await outcome(make())]).toEqual(['200', '200']);
    name += '-eu';
    const inEurope = () => outcome(make(constraint('eu-west-1')), aws.alice, 'eu-west-1');
    expect([await inEurope(), await inEurope()]).toEqual(['200', '409 BucketAlreadyOwnedByYou']);
  });

  test('is not deleted while something is in it', async () => {
    await outcome(make());
    await outcome({ method: 'PUT', path: `/${name}/key`, body: 'x' });
    expect(await outcome({ method: 'DELETE', path: `/${name}` })).toBe('409 BucketNotEmpty');
    await outcome({ method: 'DELETE', path: `/${name}/key` });
    expect(await outcome({ method: 'DELETE', path: `/${name}` })).toBe('204');
    expect(await outcome({ path: `/${name}` })).toBe('404 NoSuchBucket');
  });

  test('tells its region, which a request from us-east-1 may choose and one from elsewhere has to name', async () => {
    expect(await outcome(make(constraint('ap-northeast-1')))).toBe('200');
    expect(textAt(await document({ location: '' }))).toBe('ap-northeast-1');
    expect((await s3Call(aws, aws.alice, { method: 'HEAD', path: `/${name}` })).headers.get('x-amz-bucket-region')).toBe('ap-northeast-1');
    name += '-b';
    expect(await outcome(make(), aws.alice, 'eu-west-1')).toBe('400 IllegalLocationConstraintException');
    expect(await outcome(make(constraint('us-west-2')), aws.alice, 'eu-west-1')).toBe('400 IllegalLocationConstraintException');
    expect(await outcome(make())).toBe('200');
    expect(textAt(await document({ location: '' }))).toBe('');
  });

  test.each(['ab', 'Upper', 'under_score', 'two..dots', '192.168.0.1', '-dash', 'a'.repeat(64)])('cannot be called %s', async (bad) => {
    expect(await outcome({ method: 'PUT', path: `/${bad}` })).toBe('400 InvalidBucketName');
  });

  test('is kept from an owner that the request did not expect', async () => {
    await outcome(make());
    const asked = (owner: string) => outcome({ path: `/${name}`, headers: { 'x-amz-expected-bucket-owner': owner } });
    expect([await asked('111111111111'), await asked('222222222222')]).toEqual(['200', '403 AccessDenied']);
  });
});

describe('the gate before S3', () => {
  test('refuses a wrong secret, an unknown key and an expired session in S3’s words', async () => {
    expect(await outcome(make(), { ...aws.alice, secretAccessKey: 'x'.repeat(40) })).toBe('403 SignatureDoesNotMatch');
    expect(await outcome(make(), { ...aws.alice, accessKeyId: 'AKIAXXXXXXXXXXXXXXXX' })).toBe('403 InvalidAccessKeyId');
    const session = await assumeRole(aws, aws.alice, aws.accounts.c.deployRoleArn);
    aws.faults.clockOffsetSeconds = 7_200;
    expect(await outcome(make(), session)).toMatch(/^40[03] (?:ExpiredToken|RequestTimeTooSkewed)$/);
  });

  test('refuses what no policy allows, and the bucket is not made', async () => {
    aws.alice.withhold('s3:CreateBucket');
    expect(await outcome(make())).toBe('403 AccessDenied');
    aws.alice.withhold();
    expect(await outcome({ path: `/${name}` })).toBe('404 NoSuchBucket');
  });

  test('refuses a request with something of AWS’s that its signature does not cover', async () => {
    const unsignedHeaders = { 'x-amz-acl': 'log-delivery-write' };
    const { status, text } = await s3Call(aws, aws.alice, make({ unsignedHeaders }));
    expect([status, text]).toEqual([403, expect.stringContaining('There were headers present in the request which were not signed')]);
    expect(await outcome({ path: `/${name}` })).toBe('404 NoSuchBucket');
    expect(await outcome(make({ unsignedHeaders: { 'x-of-nobody': 'x' } }))).toBe('200');
  });

  test('refuses a body that was changed on the way', async () => {
    await outcome(make());
    const headers = { 'x-amz-content-sha256': 'a'.repeat(64) };
    expect(await outcome({ method: 'PUT', path: `/${name}/key`, body: 'x', headers })).toBe('400 XAmzContentSHA256Mismatch');
    expect(await outcome({ path: `/${name}/key` })).toBe('404 NoSuchKey');
  });
});

test('what S3 has and the local one has not is refused by name, and what S3 has not either is not allowed', async () => {
  await outcome(make());
  const path = `/${name}`;
  expect(await outcome({ path, query: { inventory: '' } })).toBe('501 NotImplemented');
  expect(await outcome({ method: 'POST', path: `${path}/key`, query: { uploads: '' } })).toBe('501 NotImplemented');
  expect(await outcome({ method: 'PUT', path: `${path}/key`, body: 'x', headers: { 'x-amz-object-lock-mode': 'GOVERNANCE' } })).toBe('501 NotImplemented');
  expect(await outcome({ method: 'POST', path: `${path}/key` })).toBe('405 MethodNotAllowed');
  expect(await outcome({ method: 'DELETE', path, query: { versioning: '' } })).toBe('405 MethodNotAllowed');
  expect(await outcome({ method: 'DELETE', path: '/' })).toBe('405 MethodNotAllowed');
});
