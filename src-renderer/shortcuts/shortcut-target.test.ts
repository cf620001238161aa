import { describe, expect, it } from 'vitest';
import type { Profile } from '../../src-main/contract/ui-state.ts';
import { galleryStates } from '../gallery/states/gallery-states.ts';
import { shortcutTarget } from './shortcut-target.ts';

const profiles = galleryStates(0)['panel-roles-live']?.state.profiles ?? [];
const [base, role, idle] = profiles as readonly [Profile, Profile, Profile];
const isProduction = (profile: Profile) => profile === role;

describe('a shortcut without a selection', () => {
  it('a shortcut without a selection acts on the first profile that it is for', () => {
    expect(shortcutTarget('terminal', { selected: null, shown: [idle, base, role], isProduction })).toEqual({ profile: base, acts: true });
    expect(shortcutTarget('renew', { selected: null, shown: [role, idle, base], isProduction })).toEqual({ profile: idle, acts: true });
    expect(shortcutTarget('copy', { selected: null, shown: [idle], isProduction })).toBeNull();
  });

  it('a shortcut without a selection only selects a session of production', () => {
    expect(shortcutTarget('terminal', { selected: null, shown: [role, base], isProduction })).toEqual({ profile: role, acts: false });
  });

  it('a shortcut without a selection ends no session', () => {
    expect(shortcutTarget('end', { selected: null, shown: [base], isProduction })).toBeNull();
  });
});

describe('a shortcut with a selection', () => {
  it('a shortcut with a selection acts on it, in production too', () => {
    expect(shortcutTarget('terminal', { selected: role, shown: [base, role], isProduction })).toEqual({ profile: role, acts: true });
    expect(shortcutTarget('end', { selected: base, shown: [base], isProduction })).toEqual({ profile: base, acts: true });
  });

  it('a shortcut with a selection that it is not for does nothing, and not something elsewhere', () => {
    expect(shortcutTarget('terminal', { selected: idle, shown: [base, idle], isProduction })).toBeNull();
    expect(shortcutTarget('renew', { selected: role, shown: [base, role], isProduction })).toBeNull();
  });
});
