import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, json, LocalApiRig, processCredentials } from '../../../testing/rigs/local-api-rig.ts';
import { nothingHappensFor } from '../../../testing/processes/deadline.ts';
import { eventually } from '../../../testing/processes/eventually.ts';

let rig: LocalApiRig;
beforeEach(async () => {
  rig = await LocalApiRig.make();
});
afterEach(() => rig.close());

describe('the local API', () => {
  it('the local API answers a POST of JSON, never to be stored', async () => {
    await rig.open();
    const received = await rig.post('logout', { all: true });
    expect([received.status, json(received)]).toEqual([200, { ended: ['everything'] }]);
    expect(received.headers).toMatchObject({ 'cache-control': 'no-store', connection: 'close', 'content-type': 'application/json' });
    expect(json(await rig.post('status', {}, { 'content-type': 'application/json; charset=utf-8' }))).toEqual({ sessions: [] });
  });

  it('the local API answers credential-process to curl, with the fields in the query', async () => {
    await rig.open();
    const fields = ['--data-urlencode', 'profile=ready', '--data', `pid=${process.pid}&waitSeconds=2.5`];
    expect(JSON.parse(await rig.curl(['--get', ...fields, 'http://app/v1/credential-process']))).toEqual(processCredentials);
    expect(rig.asked[0]?.request).toEqual({ profile: 'ready', pid: process.pid, waitSeconds: 2.5 });
    expect(json(await rig.post('credential-process', { profile: 'ready' }))).toEqual(processCredentials);
  });

  it('the local API takes any name of a profile in a query', async () => {
    const opened = await rig.open();
    const profile = 'a&b=c d+é%/?#"';
    const waiting = rig.curl(['--get', '--data-urlencode', `profile=${profile}`, 'http://app/v1/credential-process']);
    await eventually(() => expect(rig.asked[0]?.request).toEqual({ profile }));
    await opened.dispose();
    expect(await waiting).toContain('app-quitting');
  });

  it('the local API says in the status what kind of failure it is', async () => {
    await rig.open();
    expect((await rig.post('login', { profile: 'none' })).status).toBe(404);
    expect((await rig.credentialsOf('late')).status).toBe(408);
    expect((await rig.credentialsOf('cancelled')).status).toBe(409);
    expect((await rig.credentialsOf('denied')).status).toBe(422);
    expect((await rig.post('hand-off', { profile: 'x', credentials: 'static' })).status).toBe(403);
    expect(json(await rig.credentialsOf('cancelled'))).toEqual({
      error: { code: 'mfa-cancelled', params: {} },
      sentences: 'What happened: mfa-cancelled. 次にすること。',
    });
  });

  it('the local API gives the sentences alone to a client that accepts text', async () => {
    await rig.open();
    const asText = ['--header', 'Accept: text/plain', '--write-out', '%{http_code} %{content_type}'];
    expect(await rig.curl([...asText, 'http://app/v1/credential-process?profile=late'])).toBe(
      'What happened: mfa-timeout. 次にすること。\n408 text/plain; charset=utf-8',
    );
    const ready = await rig.ask('/v1/credential-process?profile=ready', { headers: { accept: 'application/json, text/plain' } });
    expect(json(ready)).toEqual(processCredentials);
  });

  it('the local API answers 200 programs at once', async () => {
    await rig.open();
    const answers = await Promise.all(Array.from({ length: 200 }, () => rig.credentialsOf('ready')));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(rig.asked).toHaveLength(200);
  });

  it('the local API tells of a bug in itself, and the client no more than that', async () => {
    await rig.open();
    const received = await rig.credentialsOf('broken');
    expect(received.status).toBe(500);
    expect(errorOf(received)).toEqual({ code: 'request-invalid', params: { reason: 'internal error' } });
    expect(rig.bugs).toEqual([new Error('a bug that knows 123456')]);
  });
});

describe('a connection', () => {
  const head = 'POST /v1/status HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: 2\r\n';

  it('a connection to the local API has a time limit for its headers, and one for its body', async () => {
    await rig.open({ headersMs: 100, requestMs: 300 });
    for (const started of ['', 'POST /v1/sta', `${head}\r\n{`]) {
      const begun = performance.now();
      const received = await rig.rawConnection(started).received;
      expect(received).toMatch(/^HTTP\/1.1 400 /);
      expect(received).toContain('it arrives too slowly');
      const took = performance.now() - begun;
      expect(took).toBeGreaterThan(started.endsWith('{') ? 180 : 90);
      // The limits where none are given are 5 and 10 s.
      expect(took).toBeLessThan(4500);
    }
  });

  it('a connection to the local API that never ends its body is closed after its answer', async () => {
    await rig.open({ headersMs: 100, requestMs: 200 });
    const { client, received } = rig.rawConnection(head.replace('length: 2', 'length: 99999999').concat('\r\n'));
    const sending = setInterval(() => client.write('x'.repeat(1000)), 20);
    expect((await received).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413']);
    clearInterval(sending);
  });

  it('a connection to the local API may wait for its answer as long as it likes', async () => {
    await rig.open({ headersMs: 50, requestMs: 100 });
    const { client, received } = rig.rawConnection('GET /v1/credential-process?profile=waits HTTP/1.0\r\n\r\n');
    await nothingHappensFor(400);
    expect(rig.asked[0]?.context.signal.aborted).toBe(false);
    client.end();
    expect(await received).toBe('');
  });

  it('a connection to the local API takes one request', async () => {
    await rig.open();
    const request = 'GET /v1/credential-process?profile=ready HTTP/1.1\r\n\r\n';
    const received = await rig.rawConnection(request + request).received;
    expect(received.match(/HTTP\/1\.1 200/g)).toHaveLength(1);
    expect(rig.asked).toHaveLength(1);
  });

  it('a connection to the local API that is one too many is closed', async () => {
    await rig.open({ connections: 2 });
    const kept = [rig.rawConnection(''), rig.rawConnection('')];
    await Promise.all(kept.map(({ client }) => once(client, 'connect')));
    expect(await rig.rawConnection('GET /v1/status HTTP/1.1\r\n\r\n').received).toBe('');
    for (const { client } of kept) client.destroy();
    await eventually(async () => expect((await rig.credentialsOf('ready')).status).toBe(200));
  });
});

describe('500 connections to the local API that say nothing', () => {
  it('500 connections to the local API that say nothing, or never end what they say, keep no program from its answer, and are all let go', async () => {
    await rig.open({ headersMs: 3_000, requestMs: 3_000 });
    const open = Array.from({ length: 500 }, (_, index) => rig.rawConnection(index % 2 === 0 ? '' : 'POST /v1/status HTTP/1.1\r\nContent-Length: 9\r\n\r\n'));
    await Promise.all(open.map(({ client }) => once(client, 'connect')));
    expect((await rig.credentialsOf('ready')).status).toBe(200);
    await Promise.all(open.map(({ received }) => received));
    expect((await rig.credentialsOf('ready')).status).toBe(200);
    expect(rig.bugs).toEqual([]);
  });
});

describe('the signal of a request', () => {
  it('the signal of a request aborts when the client hangs up, whether it was killed or gave up', async () => {
    await rig.open();
    const killed = spawn('curl', ['--silent', '--unix-socket', rig.socket, 'http://app/v1/credential-process?profile=waits']);
    const gaveUp = Promise.allSettled([rig.curl(['--max-time', '0.5', 'http://app/v1/credential-process?profile=waits'])]);
    await eventually(() => expect(rig.asked).toHaveLength(2));
    expect(rig.asked.map(({ context }) => context.signal.aborted)).toEqual([false, false]);
    killed.kill('SIGKILL');
    await eventually(() => expect(rig.asked.every(({ context }) => context.signal.aborted)).toBe(true));
    // What curl says when its time is over.
    expect(await gaveUp).toMatchObject([{ status: 'rejected', reason: { code: 28 } }]);
    expect(rig.bugs).toEqual([]);
  });

  it('the signal of a request does not abort after the answer', async () => {
    const disposable = await rig.open();
    await rig.credentialsOf('ready');
    await disposable.dispose();
    expect(rig.asked[0]?.context.signal.aborted).toBe(false);
  });
});

describe('disposing of the local API', () => {
  it('disposing of the local API answers every waiting request, aborts its signal and closes every connection', async () => {
    const disposable = await rig.open({ disposeMs: 60_000 });
    const waiting = Array.from({ length: 20 }, () => rig.credentialsOf('waits'));
    const silent = rig.rawConnection('GET /v1/st');
    await eventually(() => expect(rig.asked).toHaveLength(20));
    // Long before it would lose its patience with a client.
    await Promise.all([disposable.dispose(), disposable.dispose()]);
    const answers = await Promise.all(waiting);
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(503));
    expect(answers.map((received) => errorOf(received).code)).toEqual(Array(20).fill('app-quitting'));
    expect(rig.asked.every(({ context }) => context.signal.aborted)).toBe(true);
    expect(await silent.received).toBe('');
  });

  it('disposing of the local API does not wait for a client that does not take its answer', async () => {
    const disposable = await rig.open({ disposeMs: 200 });
    const client = connect({ path: rig.socket, allowHalfOpen: true }).pause();
    client.on('error', () => {});
    client.write('GET /v1/credential-process?profile=waits HTTP/1.1\r\n\r\n');
    await eventually(() => expect(rig.asked).toHaveLength(1));
    await disposable.dispose();
    client.destroy();
  });
});
