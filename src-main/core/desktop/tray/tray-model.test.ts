import { describe, expect, it } from 'vitest';
import type { GuardReport } from '../../../contract/guard.ts';
import { Project } from '../../../contract/settings.ts';
import type { Account } from '../../../contract/ui-state.ts';
import { held, heldRole, loginSignIn, portalSignIn, profileWith, roleProfileWith, stateWith } from '../../../../testing/samples/sample-state.ts';
import { shippedTexts } from '../../../../testing/texts/shipped-texts.ts';
import type { MenuEntry } from './tray-menu.ts';
import { trayModel } from './tray-model.ts';

const en = shippedTexts.en;
const ja = shippedTexts.ja;
const active = profileWith({ kind: 'active', ...held });
const none = profileWith({ kind: 'none' });
const role = roleProfileWith({ kind: 'active', ...heldRole });
const expired = profileWith({ kind: 'expired', identity: held.identity, expiredAt: held.expiresAt });

function production(accountId: string): Readonly<Record<string, Account>> {
  return { [accountId]: { accountId, name: null, color: 'red', production: true } };
}

const roleActions = ['Open terminal', 'Copy exports', 'Open AWS console', 'Copy account ID', 'End session'];

/** The menu as a person reads it. */
function labels(menu: readonly MenuEntry[]): unknown[] {
  return menu.map((entry) => {
    if (entry.kind === 'separator') return '—';
    return entry.kind === 'submenu' ? [entry.label, labels(entry.entries)] : entry.label;
  });
}

describe('the tray', () => {
  it('the tray says at a glance that there is no session, and offers to start one', () => {
    const model = trayModel(stateWith(none), 0, en);
    expect(model.icon).toBe('none');
    expect(model.tooltip).toBe('STS Tray: no session');
    expect(labels(model.menu)).toEqual(['default · no session', 'Start session…', '—', 'Open STS Tray', 'History…', 'Settings…', '—', 'Quit']);
  });

  it('the tray shows account and time left of a session, and all that can be done with it', () => {
    const model = trayModel(stateWith(active), 0, en);
    expect(model.icon).toBe('active');
    expect(model.tooltip).toBe('default · 111111111111 · 8 h left');
    expect(labels(model.menu).slice(0, 6)).toEqual([
      'default · 1111-1111-1111 · 8 h left',
      'Renew…',
      'Open terminal',
      'Copy exports',
      'Copy account ID',
      'End session',
    ]);
  });

  it('the tray marks production by another icon and by a word, in the tooltip and in the menu', () => {
    const deploys = { ...stateWith(active, role), accounts: production('222222222222') };
    const model = trayModel(deploys, 0, en);
    expect(model.icon).toBe('active-production');
    expect(model.tooltip).toBe('default · 111111111111 · 8 h left');
    expect(labels(model.menu)[1]).toEqual(['deploy · Production · 2222-2222-2222 · renews automatically', roleActions]);
    const expiring = { ...stateWith(profileWith({ kind: 'expiring', ...held })), accounts: production('111111111111') };
    expect(trayModel(expiring, 0, en).icon).toBe('expiring-production');
    expect(trayModel(expiring, 0, en).tooltip).toBe('default · Production · 111111111111 · 8 h left');
    expect(trayModel(expiring, 0, ja).tooltip).toBe('default · 本番 · 111111111111 · 残り 8 時間');
  });

  it('the tray has no badge once the session of production can no longer be used', () => {
    const deploys = { ...stateWith(active, roleProfileWith({ kind: 'none' })), accounts: production('222222222222') };
    expect(trayModel(deploys, 0, en).icon).toBe('active');
    const over = { ...stateWith(expired), accounts: production('111111111111') };
    expect(trayModel(over, held.expiresAt, en).icon).toBe('expired');
  });

  it('the tray shows the shortest time left in the menu bar of macOS, for those who want it', () => {
    const state = stateWith(active, profileWith({ kind: 'expiring', ...held, expiresAt: 7 * 60_000 }, 'urgent'), role);
    const wanted = { ...state, settings: { ...state.settings, menuBarTime: true } };
    const onMac = (of: typeof state) => ({ ...of, desktop: { ...of.desktop, platform: 'darwin' as const } });
    expect(trayModel(onMac(wanted), 0, en).title).toBe('0:07');
    expect(trayModel(onMac({ ...wanted, profiles: [active, role] }), 18 * 60_000, en).title).toBe('7:42');
    expect(trayModel(onMac({ ...wanted, profiles: [none] }), 0, en).title).toBe('');
    expect(trayModel(onMac(state), 0, en).title).toBe('');
    expect(trayModel(wanted, 0, en).title).toBe('');
  });

  it('the tray speaks Japanese', () => {
    const model = trayModel(stateWith(active), 0, ja);
    expect(model.tooltip).toBe('default · 111111111111 · 残り 8 時間');
    expect(labels(model.menu).slice(1, 6)).toEqual(['更新…', 'ターミナルを開く', 'export 文をコピー', 'アカウント ID をコピー', 'セッションを終了']);
  });

  it('the tray offers only to renew what has run out', () => {
    const model = trayModel(stateWith(expired), held.expiresAt, en);
    expect(model.icon).toBe('expired');
    expect(labels(model.menu).slice(0, 3)).toEqual(['default · 1111-1111-1111 · expired', 'Renew…', 'Copy account ID']);
  });

  it('the tray shows the session that needs the user first', () => {
    const expiring = profileWith({ kind: 'expiring', ...held });
    expect(trayModel(stateWith(active, expired, expiring), 0, en).icon).toBe('expiring');
    expect(trayModel(stateWith(expired, active), 0, en).icon).toBe('active');
  });

  it('the tray gives each of several profiles a submenu, those with a session first', () => {
    const other = profileWith({ kind: 'none' }, 'other');
    expect(labels(trayModel(stateWith(other, active), 0, en).menu).slice(0, 2)).toEqual([
      ['default · 1111-1111-1111 · 8 h left', ['Renew…', 'Open terminal', 'Copy exports', 'Copy account ID', 'End session']],
      ['other · no session', ['Start session…']],
    ]);
  });

  it('the tray lists the role profiles with their accounts, and a session that is renewed by itself without its minutes', () => {
    const model = trayModel(stateWith(roleProfileWith({ kind: 'none' }, 'audit'), active, role), 0, en);
    expect(labels(model.menu).slice(0, 3)).toEqual([
      ['default · 1111-1111-1111 · 8 h left', ['Renew…', 'Open terminal', 'Copy exports', 'Copy account ID', 'End session']],
      ['deploy · 2222-2222-2222 · renews automatically', roleActions],
      ['audit · 2222-2222-2222 · no session', ['Start session…', 'Copy account ID']],
    ]);
    expect(model.tooltip).toBe('default · 111111111111 · 8 h left');
  });

  it('the tray counts down a role session whose source has ended, and offers to renew it', () => {
    const model = trayModel(stateWith(none, role), 0, en);
    expect(model.icon).toBe('active');
    expect(model.tooltip).toBe('deploy · 222222222222 · 1 h left');
    expect(labels(model.menu)[0]).toEqual(['deploy · 2222-2222-2222 · 1 h left', ['Renew…', ...roleActions]]);
  });

  it('the tray has the most urgent sessions in its tooltip, and no more than Windows shows', () => {
    const expiring = profileWith({ kind: 'expiring', ...held, expiresAt: 60_000 }, 'urgent');
    const later = profileWith({ kind: 'active', ...held, expiresAt: held.expiresAt + 60_000 }, 'later');
    const three = trayModel(stateWith(expired, later, expiring), 0, en).tooltip;
    expect(three.split('\n')).toEqual(['urgent · 111111111111 · 1 min left', 'later · 111111111111 · 8 h 1 min left', 'default · 111111111111 · expired']);
    const five = trayModel(stateWith(expired, later, expiring, active, active), 0, en).tooltip;
    expect(five.split('\n')).toEqual(['urgent · 111111111111 · 1 min left', 'default · 111111111111 · 8 h left', 'default · 111111111111 · 8 h left', '…']);
    const long = profileWith({ kind: 'active', ...held }, 'a-name-as-long-as-names-get-in-large-organisations-abroad');
    const { tooltip } = trayModel(stateWith(long, long), 0, en);
    expect(tooltip).toMatch(/^a-name-\S+ · 111111111111 · 8 h left\n…$/);
    expect(tooltip.length).toBeLessThanOrEqual(127);
  });

  it('the tray stays usable with 5,000 profiles and leads to the panel for the rest', () => {
    const many = Array.from({ length: 5000 }, (_, index) => profileWith({ kind: 'none' }, `profile-${index}`));
    const menu = trayModel(stateWith(...many), 0, en).menu;
    expect(menu.filter(({ kind }) => kind === 'submenu')).toHaveLength(12);
    expect(labels(menu)).toContain('All 5000 profiles…');
  });

  it('the tray shows each account by its colour, and shortens a long name in its middle', () => {
    const name = 'a-name-as-long-as-names-get-in-large-organisations-abroad';
    const [header] = trayModel(stateWith(profileWith({ kind: 'active', ...held }, name)), 0, en).menu;
    expect(header).toMatchObject({ label: 'a-name-as-long-as-names-get-in-…nisations-abroad · 1111-1111-1111 · 8 h left', color: expect.any(String) });
    expect(trayModel(stateWith(none), 0, en).menu[0]).not.toHaveProperty('color');
  });

  it('the tray lists the projects with what the account guard found, and places to sign in with the browser', () => {
    const state = stateWith(active);
    const project = Project.parse({ profile: 'default', accounts: {}, runSeconds: { apply: [], destroy: [] } });
    const projects = { '/home/alice/work/network': project, 'C:\\work\\logs': project };
    const report = { verdict: 'mismatch' } as GuardReport;
    const signIns = [portalSignIn({ kind: 'active', since: 0, endsAt: 3_600_000, identity: null }), loginSignIn({ kind: 'none' })];
    const checks = { '/home/alice/work/network': { kind: 'checked', at: 0, report } } as const;
    const menu = labels(trayModel({ ...state, signIns, checks, settings: { ...state.settings, projects } }, 0, en).menu);
    expect(menu).toContainEqual(['Projects', ['network · ✗ wrong account', 'logs · not checked yet']]);
    expect(menu).toContainEqual(['corp · signed in · 1 h left', ['Sign in again…', 'Sign out']]);
    expect(menu).toContainEqual(['sandbox · not signed in', ['Sign in…']]);
  });

  it('the tray tells of a newer version where the user wants that, until it is closed', () => {
    const state = stateWith(active);
    const newer = { version: '1.1.0', date: '2026-12-24', notes: 'https://example.com/owner/sts-tray/releases/tag/v1.1.0' };
    const updates = { ...state.updates, newer };
    const menu = (changes: Partial<typeof state.settings>) => trayModel({ ...state, updates, settings: { ...state.settings, ...changes } }, 0, en).menu;
    const command = { name: 'openLink', request: { url: newer.notes } };
    expect(menu({ tellUpdates: true })).toContainEqual({ kind: 'command', label: 'Version 1.1.0 is out…', command });
    const closed = { ...state.settings.updates, closed: '1.1.0' };
    for (const changes of [{}, { tellUpdates: true, updates: closed }]) expect(JSON.stringify(menu(changes))).not.toContain('1.1.0');
  });

  it('the tray says so when there is nothing to start', () => {
    expect(labels(trayModel(stateWith(), 0, en).menu)[0]).toBe('No profile with an access key');
  });

  it('the tray is the same model while nothing that it shows has changed', () => {
    expect(trayModel(stateWith(active), 1, en)).toEqual(trayModel(stateWith(active), 59_000, en));
    expect(trayModel(stateWith(active), 61_000, en)).not.toEqual(trayModel(stateWith(active), 59_000, en));
  });
});
