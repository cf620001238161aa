import { describe, expect, it } from 'vitest';
import { galleryStates } from '../gallery-states.ts';
import { panelOrder } from './panel-order.ts';

describe('the order of the panel', () => {
  it('puts sessions that can be handed off first and keeps the order of the files otherwise', () => {
    const profiles = galleryStates(0)['panel-sessions']?.state.profiles ?? [];
    const names = panelOrder(profiles.toReversed()).map(({ session }) => session.kind);
    expect(names).toEqual(['expiring', 'active', 'starting', 'awaiting-mfa', 'none']);
  });
});
