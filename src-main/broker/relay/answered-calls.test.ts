import { expect, it } from 'vitest';
import { AnsweredCalls, type Answered } from './answered-calls.ts';

let now = 0;
let made = 0;
const make = (goodUntil: number | null) => async (): Promise<Answered> => ({
  answer: { status: 200, headers: {}, body: String(++made) },
  goodUntil,
  outcome: 'reached',
  issued: null,
});
const bodyOf = async (calls: AnsweredCalls, key: string | null, goodUntil: number | null = 100) => (await calls.answer(key, make(goodUntil))).answer.body;

it('an answer is given again until it is no longer good', async () => {
  [now, made] = [0, 0];
  const calls = new AnsweredCalls(() => now);
  expect([await bodyOf(calls, 'a'), await bodyOf(calls, 'a'), await bodyOf(calls, 'b')]).toEqual(['1', '1', '2']);
  now = 100;
  expect(await bodyOf(calls, 'a', 200)).toBe('3');
  expect(await bodyOf(calls, 'a', 200)).toBe('3');
});

it('an answer that is good for nobody else, and a call without a key, are made each time', async () => {
  [now, made] = [0, 0];
  const calls = new AnsweredCalls(() => now);
  expect([await bodyOf(calls, 'a', null), await bodyOf(calls, 'a', null), await bodyOf(calls, null), await bodyOf(calls, null)]).toEqual(['1', '2', '3', '4']);
});

it('only the latest 500 answers are kept', async () => {
  [now, made] = [0, 0];
  const calls = new AnsweredCalls(() => now);
  for (let index = 0; index < 501; index++) await bodyOf(calls, `key ${index}`);
  expect(await bodyOf(calls, 'key 500')).toBe('501');
  expect(await bodyOf(calls, 'key 0')).toBe('502');
});

it('what a call throws reaches all that wait for it, and the next one is made', async () => {
  const calls = new AnsweredCalls(() => 0);
  const broken = () => Promise.reject(new Error('a bug'));
  const both = await Promise.allSettled([calls.answer('a', broken), calls.answer('a', broken)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect((await calls.answer('a', make(null))).answer.status).toBe(200);
});
