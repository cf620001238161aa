import { expect, it } from 'vitest';
import type { Profile } from '../../contract/ui-state.ts';
import { takeNext, withFirst, withLast, without, type PromptQueue } from './prompt-queue.ts';

const profile = (name: string): Profile => ({
  name,
  region: null,
  mfaSerial: null,
  foreign: null,
  accessKey: 'files',
  role: null,
  installedAs: null,
  session: { kind: 'none' },
});
const queueOf = (...names: string[]): PromptQueue => names.map((name) => ({ profile: profile(name) }));
const namesIn = (queue: PromptQueue) => queue.map((target) => target.profile.name);

it('a prompt that is put first goes before the others, and waits only once', () => {
  expect(namesIn(withFirst(queueOf('a', 'b'), { profile: profile('c') }))).toEqual(['c', 'a', 'b']);
  expect(namesIn(withFirst(queueOf('a', 'b'), { profile: profile('b') }))).toEqual(['b', 'a']);
});

it('a prompt that is put last keeps the place that it has already', () => {
  expect(namesIn(withLast(queueOf('a'), { profile: profile('b') }))).toEqual(['a', 'b']);
  expect(namesIn(withLast(queueOf('a', 'b'), { profile: profile('a'), durationSeconds: 900 }))).toEqual(['a', 'b']);
});

it('a profile whose session is there by now waits no longer', () => {
  expect(namesIn(without(queueOf('a', 'b', 'c'), 'b'))).toEqual(['a', 'c']);
});

it('the next prompt is the first one whose profile is still there, as it is by now', () => {
  const now = { ...profile('b'), region: 'eu-west-1' };
  const { next, gone, rest } = takeNext([{ profile: profile('a') }, { profile: profile('b'), durationSeconds: 900 }, { profile: profile('c') }], (name) =>
    name === 'b' ? now : undefined,
  );
  expect(next).toEqual({ profile: now, durationSeconds: 900 });
  expect(namesIn(gone)).toEqual(['a']);
  expect(namesIn(rest)).toEqual(['c']);
});

it('there is no next prompt when every profile has left the files', () => {
  const { next, gone, rest } = takeNext(queueOf('a', 'b'), () => undefined);
  expect(next).toBeNull();
  expect(namesIn(gone)).toEqual(['a', 'b']);
  expect(rest).toEqual([]);
});
