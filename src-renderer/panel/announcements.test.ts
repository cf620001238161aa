import { describe, expect, it } from 'vitest';
import type { Profile, SessionState } from '../../src-main/contract/ui-state.ts';
import { galleryStates } from '../gallery/states/gallery-states.ts';
import { sessionNews } from './announcements.ts';

const [sample] = (galleryStates(0)['panel-active']?.state.profiles ?? []) as readonly [Profile];
const { session: live } = sample;
if (live.kind !== 'active') throw new Error('the gallery has no active session');
const news = (before: SessionState, after: SessionState) =>
  sessionNews([{ ...sample, session: before }], [{ ...sample, session: after }]).map(({ kind }) => kind);

describe('news of sessions', () => {
  it('news of sessions tell of one that starts, ends, runs out, or is renewed with a code', () => {
    expect(news({ kind: 'starting' }, live)).toEqual(['started']);
    expect(news(live, { kind: 'none' })).toEqual(['ended']);
    expect(news(live, { kind: 'expired', identity: live.identity, expiredAt: 0 })).toEqual(['expired']);
    expect(news(live, { ...live, issuedAt: live.issuedAt + 1 })).toEqual(['started']);
  });

  it('news of sessions leave out what needs nobody', () => {
    expect(news(live, { ...live, kind: 'expiring' })).toEqual([]);
    expect(news({ ...live, origin: 'session' }, { ...live, origin: 'session', issuedAt: live.issuedAt + 1 })).toEqual([]);
    expect(news({ kind: 'none' }, { kind: 'starting' })).toEqual([]);
    expect(sessionNews([], [sample])).toEqual([]);
  });
});
