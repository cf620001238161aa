import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { AssumeRoleCommand, DecodeAuthorizationMessageCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionFrom, stsClient } from '../../../testing/aws/clients/sdk-session.ts';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { credentialsOf, RelayRig } from '../../../testing/rigs/relay-rig.ts';
import { timesOf, tried } from '../../../testing/trust/times.ts';

let aws: LocalAws;
let rig: RelayRig;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  aws.faults.clear();
  rig = await RelayRig.make(aws);
});
afterEach(() => rig.close());

const assume = (roleArn: string, name = 'alice') => new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: name });
const whoAmI = () => new GetCallerIdentityCommand({});
const refusedWith = (message: string | RegExp, name = 'AccessDenied', status = 403) => ({
  name,
  message: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
  $metadata: { httpStatusCode: status },
});
const provider = { customUserAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.11.4 terraform-provider-aws/5.100.0' };

describe('a call of STS through the relay', () => {
  it('gets the answer that it would have got, byte for byte', async () => {
    await rig.open();
    const there = await stsClient(aws, rig.session).send(whoAmI());
    const here = await rig.sts().send(whoAmI());
    expect({ ...here, $metadata: null }).toEqual({ ...there, $metadata: null });
    expect(here.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(aws.calls.at(-1)).toMatchObject({ action: 'GetCallerIdentity', accessKeyId: rig.session.accessKeyId, outcome: 'Success' });
  });

  it('assumes a role in an account that is meant, with every parameter as it was', async () => {
    await rig.open();
    const command = new AssumeRoleCommand({
      RoleArn: aws.accounts.b.partnerRoleArn,
      RoleSessionName: 'al+ice=@,.-',
      ExternalId: aws.accounts.b.partnerExternalId,
      DurationSeconds: 900,
      Tags: [{ Key: 'a&b=c d', Value: 'あ%2B+' }],
      TransitiveTagKeys: ['a&b=c d'],
    });
    const { AssumedRoleUser } = await rig.sts().send(command);
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::222222222222:assumed-role/partner/al+ice=@,.-');
    expect(aws.calls.at(-1)?.parameters).toMatchObject({ 'Tags.member.1.Key': 'a&b=c d', 'Tags.member.1.Value': 'あ%2B+', DurationSeconds: '900' });
    expect(rig.events).toMatchObject([
      {
        profile: 'default',
        program: 'terraform apply',
        folder: '/home/alice/deploy',
        role: aws.accounts.b.partnerRoleArn,
        accountId: '222222222222',
        outcome: 'reached',
      },
    ]);
  });

  it('into another account is refused before it reaches AWS, with a sentence for people', async () => {
    await rig.open();
    const before = aws.calls.length;
    const { deployRoleArn } = aws.accounts.c;
    await expect(rig.sts().send(assume(deployRoleArn))).rejects.toMatchObject(
      refusedWith(`This run asks for the role ${deployRoleArn} in account 333333333333, but it is meant for 222222222222; STS Tray refused it.`),
    );
    expect(aws.calls).toHaveLength(before);
    expect(rig.events).toMatchObject([{ role: deployRoleArn, accountId: '333333333333', outcome: 'refused' }]);
  });

  it('of a provider without a role is refused; the same, typed by a person, is answered', async () => {
    await rig.open();
    await expect(rig.sts(rig.session, provider).send(whoAmI())).rejects.toMatchObject(
      refusedWith('A provider without a role would deploy to account 111111111111'),
    );
    expect((await rig.sts().send(whoAmI())).Account).toBe('111111111111');
  });

  it('may be signed by a role session that passed through it: a chain goes on', async () => {
    await rig.open({
      meant: { kind: 'stated', by: 'option', accountIds: ['333333333333'], onTheWay: [aws.accounts.b.deployRoleArn], ofState: [], placed: [] },
    });
    const hub = sessionFrom((await rig.sts(rig.session, provider).send(assume(aws.accounts.b.deployRoleArn))).Credentials);
    const end = sessionFrom((await rig.sts(hub).send(assume(aws.accounts.c.auditRoleArn))).Credentials);
    expect((await rig.sts(end, provider).send(whoAmI())).Account).toBe('333333333333');
    await expect(rig.sts(hub, provider).send(whoAmI())).rejects.toMatchObject(refusedWith('would deploy to account 222222222222'));
  });

  it('may be signed by the session from before a renewal and from after it', async () => {
    await rig.open();
    const next = await RelayRig.make(aws);
    await expect(rig.sts(next.session).send(whoAmI())).rejects.toMatchObject(refusedWith('which STS Tray did not issue to it'));
    rig.runs.handedOut({ credentials: credentialsOf(next.session), accountId: '111111111111', profile: 'default' });
    for (const session of [rig.session, next.session]) expect((await rig.sts(session).send(whoAmI())).Account).toBe('111111111111');
  });

  it('gets AWS’s own refusal unchanged', async () => {
    await rig.open();
    await expect(rig.sts().send(assume('arn:aws:iam::222222222222:role/none'))).rejects.toMatchObject(
      refusedWith('is not authorized to perform: sts:AssumeRole'),
    );
    expect(rig.events).toMatchObject([{ outcome: 'failed' }]);
    aws.expireSessions();
    await expect(rig.sts().send(whoAmI())).rejects.toMatchObject({ name: 'ExpiredToken' });
  });

  it('is refused where it is none that a run needs', async () => {
    await rig.open();
    await expect(rig.sts().send(new GetSessionTokenCommand({}))).rejects.toMatchObject(refusedWith('account 111111111111'));
    await expect(rig.sts().send(new DecodeAuthorizationMessageCommand({ EncodedMessage: 'x' }))).rejects.toMatchObject({ name: 'InvalidAction' });
    const before = aws.calls.length;
    const other = await rig.send({
      body: 'Action=AssumeRoleWithWebIdentity&RoleArn=arn:aws:iam::333333333333:role/web&RoleSessionName=x&WebIdentityToken=canary',
    });
    expect([other.status, other.text]).toEqual([403, expect.stringContaining('AssumeRoleWithWebIdentity would bring credentials from elsewhere')]);
    expect(other.text).not.toContain('canary');
    expect(aws.calls).toHaveLength(before);
  });
});

describe('the signature of a call', () => {
  it('must be of the session, down to the last character of its secret', async () => {
    await rig.open();
    const before = aws.calls.length;
    const secretAccessKey = `${rig.session.secretAccessKey.slice(0, -1)}~`;
    await expect(rig.sts({ ...rig.session, secretAccessKey }).send(whoAmI())).rejects.toMatchObject(refusedWith('does not fit the access key'));
    await expect(rig.sts({ ...rig.session, sessionToken: 'x' }).send(whoAmI())).rejects.toMatchObject(refusedWith('does not fit the access key'));
    expect(aws.calls).toHaveLength(before);
  });

  it('of a key that is the user’s own is refused with a sentence that says so', async () => {
    await rig.open();
    await expect(rig.sts(aws.alice).send(whoAmI())).rejects.toMatchObject(refusedWith(`the access key ${aws.alice.accessKeyId}, which STS Tray did not issue`));
  });

  it('is asked for', async () => {
    await rig.open();
    const { status, text } = await rig.send({ body: 'Action=GetCallerIdentity&Version=2011-06-15' });
    expect([status, text]).toEqual([400, expect.stringContaining('no signature for STS in its headers')]);
  });

  it('covers what was asked: a call that was changed on its way is refused', async () => {
    await rig.open();
    const caught = await signedRequest();
    expect((await rig.send(caught)).status).toBe(200);
    const body = caught.body.replace('GetCallerIdentity', 'AssumeRole');
    const changed = await rig.send({ body, headers: { ...caught.headers, 'content-length': String(body.length) } });
    expect(changed.text).toContain('does not fit the access key');
    expect((await rig.send({ ...caught, path: new URL(rig.address).pathname })).text).toContain('does not fit the access key');
  });

  it('is good for five minutes, as it is for AWS; a replay is as good as the call until then, and not after', async () => {
    await rig.open();
    const caught = await signedRequest();
    rig.ahead = 290_000;
    expect((await rig.send(caught)).status).toBe(200);
    rig.ahead = 310_000;
    const late = await rig.send(caught);
    expect([late.status, late.text]).toEqual([403, expect.stringMatching(/signed 3\d\d seconds off STS Tray’s clock.*automatic time/)]);
  });

  it('by a clock that is off is refused, and the sentence says by how much', async () => {
    await rig.open();
    await expect(rig.sts(rig.session, { systemClockOffset: -3_600_000 }).send(whoAmI())).rejects.toMatchObject(
      refusedWith(/signed (3599|360\d) seconds off/, 'SignatureDoesNotMatch'),
    );
  });

  /** A call as the SDK signs it, caught before it is sent. */
  async function signedRequest() {
    const client = rig.sts();
    const caught: { readonly headers: Record<string, string>; readonly body: string }[] = [];
    client.middlewareStack.add(
      () => (args) => {
        caught.push(args.request as never);
        throw new Error('far enough');
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await client.send(whoAmI()).catch(() => null);
    const [request] = caught;
    if (request === undefined) throw new Error('nothing was signed');
    return request;
  }
});

describe('a request that is no call of a run', () => {
  it.each([
    ['another token', { path: `/${'x'.repeat(43)}` }, 403, 'does not know this run'],
    ['no token', { path: '/' }, 400, 'no such path'],
    ['a path below the token', { path: '/a/b' }, 400, 'no such path'],
    ['another host', { headers: { host: 'sts.amazonaws.com' } }, 400, 'it names another host'],
    ['a name that leads here', { headers: { host: 'rebound.example:80' } }, 400, 'it names another host'],
    ['a page’s origin', { headers: { origin: 'https://example.com' } }, 400, 'a web page asks'],
    ['a browser’s headers', { headers: { 'sec-fetch-site': 'cross-site' } }, 400, 'a web page asks'],
    ['another method', { method: 'OPTIONS' }, 400, 'neither a POST nor a GET'],
    ['another media type', { headers: { 'content-type': 'text/plain' }, body: 'Action=GetCallerIdentity' }, 400, 'no form of the query protocol'],
  ])('is refused: %s', async (_, sent, status, reason) => {
    await rig.open();
    const received = await rig.send(sent);
    expect([received.status, received.text]).toEqual([status, expect.stringContaining(reason)]);
    expect(Object.keys(received.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('is refused in JSON where it is JSON', async () => {
    await rig.open();
    const { headers, text } = await rig.send({ headers: { 'content-type': 'application/x-amz-json-1.1' }, body: '{}' });
    expect(headers['content-type']).toBe('application/x-amz-json-1.1');
    expect(JSON.parse(text)).toMatchObject({ __type: 'ValidationError', message: expect.stringContaining('no form') });
  });

  it('of ten megabytes is refused at once, whether it says its length or not', async () => {
    await rig.open();
    const since = performance.now();
    const said = await rig.send({ body: 'x'.repeat(10_000_000) });
    expect([said.status, said.text]).toEqual([400, expect.stringContaining('larger than 65536 bytes')]);
    const { host, pathname } = new URL(rig.address);
    const head = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`;
    expect(await rig.raw(`${head}11170\r\n${'x'.repeat(70_000)}\r\n0\r\n\r\n`)).toContain('larger than 65536 bytes');
    expect(performance.now() - since).toBeLessThan(5000);
  });

  it('that comes too slowly is cut off, before its headers and in its body', async () => {
    rig = await RelayRig.make(aws, { limits: { headersMs: 100, requestMs: 300 } });
    await rig.open();
    const [{ host, pathname }, since] = [new URL(rig.address), performance.now()];
    expect(await rig.raw('POST /')).toContain('400 Bad Request');
    expect(await rig.raw(`POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 9\r\n\r\nAction`)).toContain('400 Bad Request');
    expect(performance.now() - since).toBeLessThan(4500);
  });

  it('of random bytes leaves the relay as it was', { timeout: 600_000 }, async (context) => {
    await rig.open();
    const { host, pathname } = new URL(rig.address);
    const rounds = timesOf({ usual: 200, thorough: 10_000 });
    for (let round = 0; round < rounds; round++) {
      const noise = randomBytes(1 + (round % 200));
      const head = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${noise.length}\r\n\r\n`;
      const answer = await rig.raw(round % 2 === 0 ? Buffer.concat([noise, Buffer.from('\r\n\r\n')]) : Buffer.concat([Buffer.from(head), noise]));
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect((await rig.sts().send(whoAmI())).Account).toBe('111111111111');
    tried(context, rounds);
  });
});

describe('faults of STS', () => {
  it.each([
    [{ kind: 'throttled' }, 'Throttling'],
    [{ kind: 'unavailable' }, 'ServiceUnavailable'],
    [{ kind: 'failed' }, 'InternalFailure'],
  ] as const)('are passed on, so that the program does with them what it would: %j', async (fault, name) => {
    await rig.open();
    aws.faults.set('sts:*', fault);
    await expect(rig.sts().send(whoAmI())).rejects.toMatchObject({ name });
  });

  it('a connection that fails is tried again', async () => {
    await rig.open();
    aws.faults.setOnce('sts:*', { kind: 'dropped' });
    expect((await rig.sts().send(whoAmI())).Account).toBe('111111111111');
  });

  it('an endpoint that is not there is told in a sentence, and no client tries again', async () => {
    await rig.open({ env: { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' } });
    await expect(rig.sts().send(whoAmI())).rejects.toMatchObject(refusedWith('AWS STS could not be reached (ECONNREFUSED', 'RelayFailed', 400));
  });
});

describe('the relay', () => {
  it('listens while there is a run, on 127.0.0.1 alone, and at another port the next time', async () => {
    const [one, other] = [await rig.open(), await rig.open()];
    const { port, hostname } = new URL(rig.address);
    expect(hostname).toBe('127.0.0.1');
    await one.close();
    expect((await rig.sts().send(whoAmI())).Account).toBe('111111111111');
    await other.close();
    await expect(rig.sts().send(whoAmI())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await rig.open();
    expect(new URL(rig.address).port).not.toBe(port);
  });

  it('gives each run a token of 256 bits, with which the others’ calls get nowhere', async () => {
    const first = await rig.open();
    const addressOfFirst = rig.address;
    await rig.open({ meant: { kind: 'stated', by: 'option', accountIds: ['333333333333'], onTheWay: [], ofState: [], placed: [] } });
    const tokens = [addressOfFirst, rig.address].map((address) => Buffer.from(new URL(address).pathname.slice(1), 'base64url'));
    expect(tokens.map(({ length }) => length)).toEqual([32, 32]);
    expect(tokens[0]?.equals(tokens[1] ?? Buffer.of())).toBe(false);
    expect((await rig.sts().send(assume(aws.accounts.c.deployRoleArn))).AssumedRoleUser?.Arn).toContain('333333333333');
    await first.close();
    const { pathname } = new URL(addressOfFirst);
    expect((await rig.send({ path: pathname })).text).toContain('does not know this run');
  });

  it('ends calls that wait when it is disposed', async () => {
    await rig.open();
    const held = aws.faults.hold('sts:GetCallerIdentity');
    const waiting = rig
      .sts()
      .send(whoAmI())
      .catch((error: unknown) => error);
    await held.arrived;
    await rig.runs.dispose();
    expect(await waiting).toMatchObject(refusedWith('does not know this run: it has ended'));
    held.release();
  });

  it('takes 200 calls at once', async () => {
    await rig.open();
    const answers = await Promise.all(Array.from({ length: 200 }, () => rig.sts().send(whoAmI())));
    expect(answers.every(({ Account }) => Account === '111111111111')).toBe(true);
  });

  it('keeps no connection to a caller', async () => {
    await rig.open();
    const { hostname, port } = new URL(rig.address);
    const idle = connect(Number(port), hostname);
    await once(idle, 'connect');
    await rig.runs.dispose();
    await eventually(() => expect(idle.destroyed || idle.readableEnded || idle.closed).toBe(true));
  });
});
