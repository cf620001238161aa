import { describe, expect, it } from 'vitest';
import { held, profileWith, stateWith } from './sample-state.ts';
import { translator } from './translate.ts';
import { trayModel, type MenuEntry } from './tray-model.ts';

const en = translator('en');
const ja = translator('ja');
const active = profileWith({ kind: 'active', ...held });
const none = profileWith({ kind: 'none' });
const expired = profileWith({ kind: 'expired', identity: held.identity, expiredAt: held.expiresAt });

/** The menu as a person reads it. */
function labels(menu: readonly MenuEntry[]): unknown[] {
  return menu.map((entry) => {
    if (entry.kind === 'separator') return '—';
    return entry.kind === 'submenu' ? [entry.label, labels(entry.entries)] : entry.label;
  });
}

describe('the tray', () => {
  it('says at a glance that there is no session, and offers to start one', () => {
    const model = trayModel(stateWith(none), 0, en);
    expect(model.icon).toBe('none');
    expect(model.tooltip).toBe('STS Tray: no session');
    expect(labels(model.menu)).toEqual(['default · no session', 'Start session…', '—', 'Open STS Tray', 'Settings…', '—', 'Quit']);
  });

  it('shows account and time left of a session, and all that can be done with it', () => {
    const model = trayModel(stateWith(active), 0, en);
    expect(model.icon).toBe('active');
    expect(model.tooltip).toBe('default · 111111111111 · 8 h 0 min left');
    expect(labels(model.menu).slice(0, 5)).toEqual([
      'default · 111111111111 · 8 h 0 min left',
      'Renew…',
      'Copy exports',
      'Open terminal',
      'End session',
    ]);
  });

  it('speaks Japanese', () => {
    const model = trayModel(stateWith(active), 0, ja);
    expect(model.tooltip).toBe('default · 111111111111 · 残り 8 時間 0 分');
    expect(labels(model.menu).slice(1, 5)).toEqual(['更新…', 'エクスポートをコピー', 'ターミナルを開く', 'セッションを終了']);
  });

  it('offers only to renew what has run out', () => {
    const model = trayModel(stateWith(expired), held.expiresAt, en);
    expect(model.icon).toBe('expired');
    expect(labels(model.menu).slice(0, 2)).toEqual(['default · 111111111111 · expired', 'Renew…']);
  });

  it('shows the session that needs the user first', () => {
    const expiring = profileWith({ kind: 'expiring', ...held });
    expect(trayModel(stateWith(active, expired, expiring), 0, en).icon).toBe('expiring');
    expect(trayModel(stateWith(expired, active), 0, en).icon).toBe('active');
  });

  it('gives each of several profiles a submenu, those with a session first', () => {
    const other = profileWith({ kind: 'none' }, 'other');
    expect(labels(trayModel(stateWith(other, active), 0, en).menu).slice(0, 2)).toEqual([
      ['default · 111111111111 · 8 h 0 min left', ['Renew…', 'Copy exports', 'Open terminal', 'End session']],
      ['other · no session', ['Start session…']],
    ]);
  });

  it('stays usable with 5,000 profiles and leads to the panel for the rest', () => {
    const many = Array.from({ length: 5000 }, (_, index) => profileWith({ kind: 'none' }, `profile-${index}`));
    const menu = trayModel(stateWith(...many), 0, en).menu;
    expect(menu.filter(({ kind }) => kind === 'submenu')).toHaveLength(12);
    expect(labels(menu)).toContain('All 5000 profiles…');
  });

  it('says so when there is nothing to start', () => {
    expect(labels(trayModel(stateWith(), 0, en).menu)[0]).toBe('No profile with an access key');
  });

  it('is the same model while nothing that it shows has changed', () => {
    expect(trayModel(stateWith(active), 1, en)).toEqual(trayModel(stateWith(active), 59_000, en));
    expect(trayModel(stateWith(active), 61_000, en)).not.toEqual(trayModel(stateWith(active), 59_000, en));
  });
});
