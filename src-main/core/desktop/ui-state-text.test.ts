import { expect, it } from 'vitest';
import { galleryStates } from '../../../src-renderer/gallery/states/gallery-states.ts';
import type { UiState } from '../../contract/ui-state.ts';
import { UiStateWriter } from './ui-state-text.ts';

/** The state, and a way to tell how often its profiles were written. */
function countedState(): { readonly state: UiState; readonly timesWritten: () => number } {
  const shown = galleryStates(0)['panel-roles'];
  if (shown === undefined) throw new Error('the gallery has no role profiles');
  let times = 0;
  const toJSON = () => {
    times += 1;
    return [...shown.state.profiles];
  };
  return { state: { ...shown.state, profiles: Object.assign([...shown.state.profiles], { toJSON }) }, timesWritten: () => times };
}

it('a state is written for the windows without writing the profiles again that are those of the state before', () => {
  const { state, timesWritten } = countedState();
  const writer = new UiStateWriter();
  const { profiles } = writer.textOf(state);
  expect(JSON.parse(profiles)).toEqual([...state.profiles]);
  expect(writer.textOf({ ...state, revision: state.revision + 1, language: 'ja' })).toMatchObject({ profiles, language: '"ja"' });
  expect(timesWritten()).toBe(1);
});

it('a state is written for the windows with the profiles that changed', () => {
  const { state } = countedState();
  const writer = new UiStateWriter();
  writer.textOf(state);
  const [first] = state.profiles;
  expect(JSON.parse(writer.textOf({ ...state, profiles: state.profiles.slice(0, 1) }).profiles)).toEqual([first]);
});

it('of a state that follows another only what changed is sent to the windows', () => {
  const { state, timesWritten } = countedState();
  const writer = new UiStateWriter();
  expect(writer.changesOf(state)).toEqual(writer.textOf(state));
  const next = { ...state, revision: state.revision + 1 };
  expect(writer.changesOf({ ...next, language: 'ja' })).toEqual({ revision: String(next.revision), language: '"ja"' });
  expect(timesWritten()).toBe(1);
});

it('a state that no window is there for is neither written nor sent later', () => {
  const { state, timesWritten } = countedState();
  const writer = new UiStateWriter();
  writer.passOver(state);
  expect(writer.changesOf({ ...state, revision: state.revision + 1 })).toEqual({ revision: String(state.revision + 1) });
  expect(timesWritten()).toBe(0);
});
