import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, LocalApiRig, type Received } from '../../../testing/rigs/local-api-rig.ts';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

let rig: LocalApiRig;
beforeEach(async () => {
  rig = await LocalApiRig.make();
  await rig.open();
});
afterEach(() => rig.close());

describe('a refused request', () => {
  /** The status and the reason; no handler has heard of the request. */
  const refusal = async (answer: Promise<Received>) => {
    const received = await answer;
    const { code, params } = errorOf(received);
    expect({ code, asked: rig.asked, bugs: rig.bugs }).toEqual({ code: 'request-invalid', asked: [], bugs: [] });
    return `${received.status} ${params['reason']}`;
  };

  it('a request is refused under any other path', async () => {
    for (const path of [
      '/',
      '/v1/',
      '/v1/nothing',
      '/v1/constructor',
      '/v2/status',
      '/v1/status/',
      '/v1/../v1/status',
      '//v1/status',
      'http://app/v1/status',
    ]) {
      expect(await refusal(rig.ask(path, { body: '{}' }))).toBe('404 no such path');
    }
  });

  it('a request is refused in any other form', async () => {
    const form = '400 not a POST without a query';
    expect(await refusal(rig.ask('/v1/status'))).toBe(form);
    expect(await refusal(rig.ask('/v1/status?x=1', { body: '{}' }))).toBe(form);
    expect(await refusal(rig.ask('/v1/credential-process?profile=ready', { method: 'PUT' }))).toBe(form);
    expect(await refusal(rig.ask('/v1/status', { method: 'OPTIONS' }))).toBe(form);
    const type = '400 not application/json';
    for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      expect(await refusal(rig.post('status', {}, { 'content-type': contentType }))).toBe(type);
    }
  });

  it('a request is refused when a web page asks', async () => {
    expect(await refusal(rig.post('status', {}, { origin: 'http://localhost' }))).toBe('400 a web page asks');
    expect(await refusal(rig.ask('/v1/credential-process?profile=ready', { headers: { origin: 'null' } }))).toBe('400 a web page asks');
  });

  it('a request is refused with fields that are unknown, wrong, missing or doubled, without a word of what was in it', async () => {
    const fields = '400 a field is missing, unknown or wrong';
    expect(await refusal(rig.post('login', { profile: 'x', code: '12345x' }))).toBe(fields);
    expect(await refusal(rig.post('login', { profile: 'x', secret: 'y' }))).toBe(fields);
    expect(await refusal(rig.post('logout', { profile: 'x', all: true }))).toBe(fields);
    expect(await refusal(rig.post('status', []))).toBe(fields);
    expect(await refusal(rig.ask('/v1/status', { body: '{"__proto__":{"a":1}}' }))).toBe(fields);
    expect(await refusal(rig.credentialsOf('ready', '&other=1'))).toBe(fields);
    expect(await refusal(rig.credentialsOf('ready', '&__proto__=1'))).toBe(fields);
    expect(await refusal(rig.credentialsOf('ready', '&pid=0'))).toBe(fields);
    expect(await refusal(rig.credentialsOf('ready', '&waitSeconds=56'))).toBe(fields);
    expect(await refusal(rig.credentialsOf(''))).toBe(fields);
    expect(await refusal(rig.ask('/v1/credential-process'))).toBe(fields);
    expect(await refusal(rig.credentialsOf('ready', '&profile=other'))).toBe('400 a field is there twice');
  });

  it('a request is refused with a body that is not JSON in UTF-8', async () => {
    for (const body of ['', '{', 'profile=x', Buffer.from([0x22, 0xff, 0x22])]) {
      expect(await refusal(rig.ask('/v1/status', { body }))).toBe('400 not JSON');
    }
  });

  it('a request is refused with a body over the limit, said before or not, to a client that sends it all first too', async () => {
    const tooLarge = '413 larger than 16384 bytes';
    const body = JSON.stringify({ profile: 'x'.repeat(2_000_000) });
    expect(await refusal(rig.ask('/v1/login', { body }))).toBe(tooLarge);
    expect(await refusal(rig.ask('/v1/login', { body, chunked: true }))).toBe(tooLarge);
    const file = join(rig.folder, 'body');
    await writeFile(file, body);
    const json = ['--header', 'content-type: application/json', '--data-binary', `@${file}`];
    expect(await rig.curl([...json, '--write-out', '%{http_code}', 'http://app/v1/login'])).toMatch(/larger than 16384 bytes.*413$/);
  });

  it.runIf(isRoot && process.platform === 'linux')('a request is refused from a process of another user', async () => {
    const foreign = spawn('sleep', ['60'], { uid: nobody, gid: nobody });
    await once(foreign, 'spawn');
    try {
      expect(await refusal(rig.credentialsOf('ready', `&pid=${foreign.pid}`))).toBe('400 the process belongs to another user');
    } finally {
      foreign.kill();
    }
  });

  it('a request is refused when it is no HTTP, or has too long headers', async () => {
    for (const garbage of ['\0\xff\x01 garbage\r\n\r\n', '\x16\x03\x01\x02\x00', `GET /v1/status HTTP/1.1\r\nx: ${'y'.repeat(9000)}\r\n\r\n`]) {
      const received = await rig.rawConnection(garbage).received;
      expect(received).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
      expect(received).toContain('not HTTP, or headers that are too long');
    }
  });
});
