import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiRequests } from '../../../testing/samples/api-requests.ts';
import { timesOf, tried } from '../../../testing/trust/times.ts';
import { apiNames, requestSchemas, type ApiName } from '../../contract/local-api.ts';
import { errorSentences } from '../../core/texts/translate.ts';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';
import { isRefusal, readCall } from './request.ts';

const texts = [shippedTexts.en, shippedTexts.ja];
/** Names that objects have anyway, and what is turned into a number where one is wanted. */
const misleading = fc.constantFrom<unknown>(
  JSON.parse('{"__proto__":{"profile":"dev"}}'),
  { toString: 1, valueOf: 1 },
  { constructor: { prototype: { admin: true } } },
  ...['', ' 7 ', '0x10', '1e9', '-0', 'NaN', '__proto__', '\ud800', '\u0000', 'x'.repeat(5000), 1e308, -1, 0.5, [], [[7]], [7], null, true],
);
const json = fc.oneof(fc.jsonValue({ maxDepth: 4 }), misleading);
const name = fc.constantFrom(...apiNames);

/** What the server makes of a body, without a connection. */
function read(asked: ApiName, body: string): ReturnType<typeof readCall> {
  const headers = { 'content-type': 'application/json' };
  return readCall(Object.assign(Readable.from([Buffer.from(body)]), { method: 'POST', url: `/v1/${asked}`, headers }) as unknown as IncomingMessage);
}

/** One refusal, in a sentence for what happened and one for what to do in each language; or what the schema takes again; else what is wrong. */
async function answerTo(asked: ApiName, value: unknown): Promise<string> {
  const outcome = await read(asked, JSON.stringify(value));
  if (outcome === null) return 'no outcome';
  if (isRefusal(outcome)) {
    const isTold = texts.every((t) => !/\{\{|undefined|null|Error/.test(errorSentences(t, outcome.error)));
    return isTold && [400, 413].includes(outcome.status) && outcome.error.code === 'request-invalid' ? 'refused' : JSON.stringify(outcome);
  }
  // JSON has no zero below zero.
  const request: unknown = JSON.parse(JSON.stringify(outcome.request));
  const again = requestSchemas[asked].safeParse(request);
  return outcome.name === asked && again.success && isDeepStrictEqual(again.data, request) ? 'taken' : JSON.stringify(outcome);
}

/** All places in a value, as paths of keys. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

function withValueAt(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((each: unknown, index) => (String(index) === key ? withValueAt(each, rest, put) : each));
  return { ...(value as object), [key]: withValueAt((value as Record<string, unknown>)[key], rest, put) };
}

describe('what the local API is sent as JSON', () => {
  it(
    'what the local API is sent as JSON, whatever it is, becomes a request that its schema takes again or one refusal, and never throws',
    { timeout: 600_000 },
    async (context) => {
      const numRuns = timesOf({ usual: 2_000, thorough: 20_000 });
      await fc.assert(
        fc.asyncProperty(name, json, async (asked, value) => {
          expect(['refused', 'taken']).toContain(await answerTo(asked, value));
        }),
        { numRuns },
      );
      expect(Object.prototype).not.toHaveProperty('admin');
      expect(Object.prototype).not.toHaveProperty('profile');
      tried(context, numRuns);
    },
  );

  it(
    'what the local API is sent as JSON is refused or still what the schema takes where one value in it, however deep, is exchanged for junk',
    { timeout: 600_000 },
    async (context) => {
      const numRuns = timesOf({ usual: 2_000, thorough: 20_000 });
      let refused = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...apiRequests),
          fc.nat(),
          fc.constantFrom(null, '__proto__', 'constructor', 'extra'),
          json,
          async ([asked, request], index, extra, value) => {
            const places = placesIn(request);
            const place = places[index % places.length] ?? [];
            const target = extra === null ? place : [extra];
            const answer = await answerTo(asked, withValueAt(request, target, value));
            expect(['refused', 'taken']).toContain(answer);
            if (answer === 'refused') refused += 1;
          },
        ),
        { numRuns },
      );
      expect(refused).toBeGreaterThan(numRuns / 2);
      tried(context, numRuns);
    },
  );

  it('what the local API is sent as JSON is taken where it is what each name asks for', async () => {
    for (const [asked, request] of apiRequests) expect([asked, await answerTo(asked, request)]).toEqual([asked, 'taken']);
    expect(apiRequests.map(([asked]) => asked).toSorted()).toEqual([...apiNames].toSorted());
  });
});
