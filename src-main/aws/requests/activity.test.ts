import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { assumeRole, startBaseSession, stsClient, type ClientSession } from '../../../testing/aws/clients/sdk-session.ts';
import { hurried } from '../../../testing/processes/hurried.ts';
import { leaksIn } from '../../../testing/secrets/leaks.ts';
import type { ActivityEvent } from '../../contract/sheet.ts';
import { activityPage } from './activity.ts';

const region = 'us-east-1';

let aws: LocalAws;
let base: ClientSession;
let inRole: ClientSession;

beforeAll(async () => {
  aws = await startLocalAws();
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  base = await startBaseSession(aws);
  inRole = await assumeRole(aws, base, aws.accounts.b.deployRoleArn);
  const client = stsClient(aws, base);
  for (let call = 0; call < 60; call += 1) await client.send(new GetCallerIdentityCommand());
  await stsClient(aws, inRole).send(new GetCallerIdentityCommand());
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});
beforeEach(() => {
  aws.faults.clear();
  aws.alice.withhold();
  aws.alice.deny();
  aws.cloudTrailDelaySeconds = 0;
});

const page = (of: ClientSession, nextToken: string | null = null, credentials = of) =>
  activityPage(
    { profile: 'work', files: { config: '/nowhere/config', credentials: '/nowhere/credentials' }, region: null, credentials },
    { accessKeyId: of.accessKeyId, region, partition: 'aws', nextToken },
  );

async function read(of: ClientSession, nextToken: string | null = null): Promise<{ events: readonly ActivityEvent[]; nextToken: string | null }> {
  const found = await page(of, nextToken);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
}

const lookups = (since: number) => aws.calls.slice(since).filter(({ action }) => action === 'LookupEvents').length;

describe('the events of an access key ID', () => {
  it('the events of an access key ID are those of a base session, page by page, each once', async () => {
    const first = await read(base);
    expect(first.events).toHaveLength(50);
    const rest = await read(base, first.nextToken);
    expect(rest.nextToken).toBeNull();
    const events = [...first.events, ...rest.events].filter(({ name }) => name !== 'LookupEvents');
    expect(events).toHaveLength(61);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(61);
    expect(events.at(-1)).toMatchObject({
      service: 'sts',
      name: 'AssumeRole',
      region,
      error: null,
      readOnly: true,
      assumed: { roleArn: aws.accounts.b.deployRoleArn, accessKeyId: inRole.accessKeyId },
    });
  });

  it('the events of an access key ID are those of a role session, in the account of the role', async () => {
    const { events } = await read(inRole);
    expect(events.map(({ name }) => name)).toEqual(['GetCallerIdentity']);
    expect(events[0]?.consoleUrl).toBe(`https://console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/${events[0]?.eventId}`);
  });

  it('the events of an access key ID tell no secret, though AssumeRole had one', async () => {
    const found = JSON.stringify([await read(base), await read(inRole)]);
    expect(leaksIn('the events', found, aws.secrets())).toEqual([]);
  });

  it('an access key ID has no events while CloudTrail does not know of them yet', async () => {
    aws.cloudTrailDelaySeconds = 900;
    expect(await read(base)).toEqual({ events: [], nextToken: null });
  });
});

describe('a failure to read events', () => {
  it.each(['withhold', 'deny'] as const)('a failure to read events says which permission is missing: %s', async (how) => {
    aws.alice[how]('cloudtrail:LookupEvents');
    const since = aws.calls.length;
    expect(await page(base)).toEqual({ ok: false, error: { code: 'permission-denied', params: { action: 'cloudtrail:LookupEvents' } } });
    expect(lookups(since)).toBe(1);
  });

  it('a failure to read events says that a page’s token is of another question', async () => {
    expect(await page(inRole, 'bogus')).toMatchObject({ ok: false, error: { code: 'unexpected-answer' } });
  });

  it('a moment of throttling, or a broken connection, is no failure to read events: it waits and asks again', async () => {
    aws.faults.setOnce('cloudtrail:LookupEvents', { kind: 'throttled' });
    aws.faults.setOnce('cloudtrail:LookupEvents', { kind: 'answer-dropped' });
    const since = aws.calls.length;
    expect(await hurried(() => page(inRole))).toMatchObject({ found: { ok: true } });
    expect(lookups(since)).toBe(3);
  });

  it('a failure to read events says that AWS throttles on, after no longer than a person waits', async () => {
    aws.faults.set('cloudtrail:LookupEvents', { kind: 'throttled' });
    const since = aws.calls.length;
    const { found, waited } = await hurried(() => page(inRole));
    expect(found).toEqual({ ok: false, error: { code: 'throttled', params: {} } });
    expect(lookups(since)).toBeGreaterThan(1);
    expect(waited).toBeLessThan(40_000);
  });
});

describe('the events of an account', () => {
  it('an access key ID of another account has no events', async () => {
    expect(await page(base, null, inRole)).toEqual({ ok: true, value: { events: [], nextToken: null } });
  });
});
