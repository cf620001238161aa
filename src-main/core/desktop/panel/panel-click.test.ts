import { describe, expect, it } from 'vitest';
import { held, profileWith, stateWith } from '../../../../testing/samples/sample-state.ts';
import { panelClick, showsPopover, staysWhenLeft } from './panel-click.ts';

const active = profileWith({ kind: 'active', ...held });

describe('a click on the tray icon', () => {
  it('a click on the tray icon opens the panel, and the next one closes it', () => {
    expect(panelClick({ open: 'closed', isFocused: false, leftMsAgo: null })).toBe('open');
    expect(panelClick({ open: 'popover', isFocused: true, leftMsAgo: null })).toBe('close');
  });

  it('a click on the tray icon does not open the panel again that has just been left by it', () => {
    expect(panelClick({ open: 'closed', isFocused: false, leftMsAgo: 100 })).toBe('nothing');
    expect(panelClick({ open: 'closed', isFocused: false, leftMsAgo: 1_000 })).toBe('open');
  });

  it('a click on the tray icon closes a popover that has no focus: some compositors never say that it has', () => {
    expect(panelClick({ open: 'popover', isFocused: false, leftMsAgo: null })).toBe('close');
  });

  it('a click on the tray icon brings a popover to the front that stayed behind other programs, with what was typed in it', () => {
    expect(panelClick({ open: 'popover', isFocused: false, leftMsAgo: 5_000 })).toBe('raise');
    expect(panelClick({ open: 'popover', isFocused: true, leftMsAgo: 5_000 })).toBe('close');
    expect(panelClick({ open: 'popover', isFocused: false, leftMsAgo: 100 })).toBe('close');
  });

  it('a click on the tray icon closes a pinned popover, which is in front of other programs without the focus', () => {
    expect(panelClick({ open: 'pinned', isFocused: false, leftMsAgo: 5_000 })).toBe('close');
  });

  it('a click on the tray icon brings a window to the front that is behind others, and closes the one in use', () => {
    expect(panelClick({ open: 'window', isFocused: false, leftMsAgo: 5_000 })).toBe('raise');
    expect(panelClick({ open: 'window', isFocused: true, leftMsAgo: 5_000 })).toBe('close');
    expect(panelClick({ open: 'window', isFocused: false, leftMsAgo: 100 })).toBe('close');
  });
});

describe('the popover', () => {
  it('the popover is not what the first run is in, nor a desktop without tray icons', () => {
    expect(showsPopover(stateWith(active))).toBe(true);
    expect(showsPopover(stateWith())).toBe(false);
    const { desktop, profiles } = stateWith(active);
    expect(showsPopover({ profiles, desktop: { ...desktop, tray: 'missing' } })).toBe(false);
  });

  it('the popover goes when it is left, but not while it is pinned or in the middle of something', () => {
    const state = stateWith(active);
    expect(staysWhenLeft(state)).toBe(false);
    expect(staysWhenLeft({ ...state, settings: { ...state.settings, panelPinned: true } })).toBe(true);
    expect(staysWhenLeft({ ...state, sheet: { kind: 'history', step: { kind: 'asking' } } })).toBe(true);
    expect(staysWhenLeft(stateWith())).toBe(true);
  });
});
