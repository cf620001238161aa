import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LocalApiRig } from '../../../testing/rigs/local-api-rig.ts';
import { timesOf, tried } from '../../../testing/trust/times.ts';

let rig: LocalApiRig;
beforeEach(async () => {
  rig = await LocalApiRig.make();
  await rig.open({ headersMs: 200, requestMs: 400 });
});
afterEach(() => rig.close());

const piece = fc.constantFrom(
  'GET /v1/status HTTP/1.1\r\n',
  'POST /v1/status HTTP/1.1\r\n',
  'POST /v1/rotate HTTP/1.0\r\n',
  'GET /v1/credential-process?profile=a&profile=b HTTP/1.1\r\n',
  'CONNECT host:1 HTTP/1.1\r\n',
  'GET http://127.0.0.1/v1/status HTTP/1.1\r\n',
  'Host: localhost\r\n',
  'Content-Length: 5\r\n',
  'Content-Length: 6\r\n',
  'Content-Length: -1\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding : chunked\r\n',
  'Expect: 100-continue\r\n',
  'Upgrade: websocket\r\nConnection: Upgrade\r\n',
  'Content-Type: application/json\r\n',
  'Origin: null\r\n',
  '5\r\nhello\r\n0\r\n',
  '{"profile":"__proto__"}',
  '{"__proto__":{"profile":"dev"}}',
  '\r\n',
  '\n',
  '\0',
  ' ',
  ':',
);
const request = fc.array(fc.oneof({ weight: 6, arbitrary: piece }, fc.string({ unit: 'binary', maxLength: 40 })), { maxLength: 12 });

it(
  'whatever is sent to the local API gets one refusal or no answer, reaches no handler, and the next request is answered',
  { timeout: 600_000 },
  async (context) => {
    const numRuns = timesOf({ usual: 300, thorough: 10_000 });
    await fc.assert(
      fc.asyncProperty(request, async (pieces) => {
        const { client, received } = rig.rawConnection(pieces.join(''));
        client.end();
        // 100 is no answer yet, but what a client that wants to send its body waits for.
        const answers = (await received).match(/^HTTP\/1\.1 (?!100 )\d+/gm) ?? [];
        expect(answers.length).toBeLessThanOrEqual(1);
        expect(answers.filter((line) => line !== 'HTTP/1.1 400' && line !== 'HTTP/1.1 404' && line !== 'HTTP/1.1 413')).toEqual([]);
        expect([rig.asked, rig.bugs]).toEqual([[], []]);
      }),
      { numRuns },
    );
    expect((await rig.post('status', {})).status).toBe(200);
    tried(context, numRuns);
  },
);
