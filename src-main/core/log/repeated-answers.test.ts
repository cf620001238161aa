import { expect, it } from 'vitest';
import { RepeatedAnswers } from './repeated-answers.ts';

const answer = (ms: number) => ({ event: 'asked', name: 'credential-process', outcome: 'done', ms }) as const;
const refusal = { event: 'asked', name: 'credential-process', outcome: 'mfa-timeout', ms: 55_000 } as const;
const other = { event: 'power', state: 'resume' } as const;

it('an answer that programs get again and again is told at once, and then with its number and longest time before something else is', () => {
  const answers = new RepeatedAnswers();
  expect([5, 7, 90, 6].map((ms) => answers.next(answer(ms)))).toEqual([[answer(5)], [], [], []]);
  expect(answers.next(other)).toEqual([{ ...answer(90), times: 3 }, other]);
  expect(answers.next(other)).toEqual([other]);
});

it('an answer that is another one than the last is told at once', () => {
  const answers = new RepeatedAnswers();
  expect(answers.next(answer(5))).toEqual([answer(5)]);
  expect(answers.next(refusal)).toEqual([refusal]);
  expect(answers.next(answer(6))).toEqual([answer(6)]);
  expect(answers.next(answer(7))).toEqual([]);
  expect(answers.next(refusal)).toEqual([{ ...answer(7), times: 1 }, refusal]);
});

it('an answer after one that was summed up is told anew', () => {
  const answers = new RepeatedAnswers();
  expect(answers.end()).toEqual([]);
  for (const ms of [5, 6]) answers.next(answer(ms));
  expect(answers.end()).toEqual([{ ...answer(6), times: 1 }]);
  expect(answers.end()).toEqual([]);
  expect(answers.next(answer(8))).toEqual([answer(8)]);
});
