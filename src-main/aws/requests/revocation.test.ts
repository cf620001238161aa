import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { principalOf, type Principal } from '../../core/revocation/revocation.ts';
import { callerAt, deletePolicy, putPolicy, roleSecondsMax } from './revocation.ts';

const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'fake', sessionToken: 'fake' };
const options = { profile: 'prod', files: { config: '/none/config', credentials: '/none/credentials' }, region: 'us-east-1', credentials };

/** What AWS answers, and what it was asked. */
let answers: { readonly status: number; readonly body: string }[];
let asked: URLSearchParams[];
let server: Server;
/** The server's `Date` header; null to send none. When it is far off, the SDK signs and sends the request again. */
let date: string | null;

// A server that gives answers which the local AWS of the other tests never gives.
beforeEach(async () => {
  [answers, asked, date] = [[], [], new Date().toUTCString()];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const parameters = new URLSearchParams(body);
      const action = parameters.get('Action');
      asked.push(parameters);
      const answer = answers.shift() ?? { status: 200, body: `<${action}Response><ResponseMetadata/></${action}Response>` };
      response.sendDate = false;
      if (date !== null) response.setHeader('date', date);
      response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

function principal(arn: string): Principal {
  const found = principalOf(arn);
  if (found === null) throw new Error(`${arn} takes no policies`);
  return found;
}

const user = principal('arn:aws:iam::111122223333:user/team/ann');
const role = principal('arn:aws:iam::111122223333:role/team/admin');

function refuse(status: number, code: string, message = 'In words.'): void {
  answers.push({ status, body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>` });
}

const identity =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/ann</Arn><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';

describe('the caller and the time', () => {
  it('the caller and the time of a revocation are those of AWS', async () => {
    date = 'Mon, 23 Nov 2026 08:00:07 GMT';
    answers.push({ status: 200, body: identity });
    expect(await callerAt(options)).toEqual({ ok: true, value: { arn: 'arn:aws:iam::111122223333:user/ann', time: Date.parse('2026-11-23T08:00:07Z') } });
  });

  it('the caller and the time of a revocation are not taken from an answer without a date', async () => {
    date = null;
    answers.push({ status: 200, body: identity });
    expect(await callerAt(options)).toMatchObject({ ok: false, error: { code: 'unexpected-answer', params: { service: 'STS', name: 'no date' } } });
  });
});

describe('writing and deleting an inline policy', () => {
  it.each([
    ['the user', user, { Action: 'PutUserPolicy', UserName: 'ann' }, { Action: 'DeleteUserPolicy', UserName: 'ann' }],
    ['the role', role, { Action: 'PutRolePolicy', RoleName: 'admin' }, { Action: 'DeleteRolePolicy', RoleName: 'admin' }],
  ])('a call about an inline policy names %s without its path', async (_, target, put, deleted) => {
    expect(await putPolicy(options, target, 'Mine', '{}')).toEqual({ ok: true, value: null });
    expect(await deletePolicy(options, target, 'Mine')).toEqual({ ok: true, value: null });
    expect(asked.map((parameters) => Object.fromEntries(parameters))).toEqual([
      { ...put, PolicyName: 'Mine', PolicyDocument: '{}', Version: '2010-05-08' },
      { ...deleted, PolicyName: 'Mine', Version: '2010-05-08' },
    ]);
  });

  it.each([
    [404, 'NoSuchEntity', { code: 'entity-missing', params: { action: 'iam:PutRolePolicy', detail: 'prod' } }],
    [400, 'UnmodifiableEntity', { code: 'entity-protected', params: { action: 'iam:PutRolePolicy' } }],
    [403, 'AccessDenied', { code: 'permission-denied', params: { action: 'iam:PutRolePolicy' } }],
    [403, 'ExpiredToken', { code: 'session-expired', params: { profile: 'prod' } }],
  ])('a call about an inline policy tells of %i %s', async (status, code, error) => {
    refuse(status, code);
    expect(await putPolicy(options, role, 'Mine', '{}')).toEqual({ ok: false, error });
    expect(asked).toHaveLength(1);
  });

  it('a call about an inline policy tells of a user or role without room, which the SDK asks again and again', async () => {
    for (let time = 0; time < 3; time += 1) refuse(409, 'LimitExceeded');
    expect(await putPolicy(options, role, 'Mine', '{}')).toEqual({ ok: false, error: { code: 'policy-limit', params: { name: 'admin' } } });
  });

  it('a call about an inline policy takes an explicit denial for what it says at the first try, and for the work of the policy at a repeat', async () => {
    const denial =
      'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: iam:PutUserPolicy on resource: user ann with an explicit deny in an identity-based policy';
    refuse(403, 'AccessDenied', denial);
    expect(await putPolicy(options, user, 'Mine', '{}')).toMatchObject({
      ok: false,
      error: { code: 'permission-denied', params: { action: 'iam:PutUserPolicy' } },
    });
    refuse(503, 'ServiceUnavailable');
    refuse(403, 'AccessDenied', denial);
    expect(await putPolicy(options, user, 'Mine', '{}')).toMatchObject({ ok: false, error: { code: 'session-expired' } });
  });

  it('a call about an inline policy has nothing to delete where the policy has gone', async () => {
    refuse(404, 'NoSuchEntity');
    expect(await deletePolicy(options, user, 'Mine')).toEqual({ ok: true, value: null });
    refuse(403, 'AccessDenied');
    expect(await deletePolicy(options, role, 'Mine')).toMatchObject({
      ok: false,
      error: { code: 'permission-denied', params: { action: 'iam:DeleteRolePolicy' } },
    });
  });
});

describe('how long sessions of a role can be', () => {
  it('how long sessions of a role can be is what the role says, and not known where it may not be asked', async () => {
    answers.push({
      status: 200,
      body: '<GetRoleResponse><GetRoleResult><Role><RoleName>admin</RoleName><MaxSessionDuration>7200</MaxSessionDuration></Role></GetRoleResult></GetRoleResponse>',
    });
    expect(await roleSecondsMax(options, 'admin')).toBe(7200);
    refuse(403, 'AccessDenied');
    expect(await roleSecondsMax(options, 'admin')).toBeNull();
  });
});
