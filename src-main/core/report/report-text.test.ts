import { describe, expect, it } from 'vitest';
import { held, heldRole, profileWith, roleProfileWith, stateWith } from '../../../testing/samples/sample-state.ts';
import { leaksIn } from '../../../testing/secrets/leaks.ts';
import { machineFacts, type ReportFacts } from './report-facts.ts';
import { reportText } from './report-text.ts';

const at = Date.UTC(2030, 0, 2, 12);
const machine = machineFacts({
  app: '1.2.3',
  versions: { electron: '39.2.0', node: '22.20.0' },
  platform: 'linux',
  release: '6.12.0-1-amd64-of-canary',
  arch: 'x64',
  osRelease: 'NAME="Canary"\nID=debian\nVERSION_ID="13"\n',
  env: { XDG_CURRENT_DESKTOP: 'canary:GNOME', XDG_SESSION_TYPE: 'wayland' },
});
const active = { kind: 'active', ...held, issuedAt: at, expiresAt: at + 3_600_000 } as const;
const state = {
  ...stateWith(
    profileWith(active, 'acme-prod'),
    roleProfileWith({ kind: 'active', ...heldRole, expiresAt: at + 600_000 }, 'acme-deploy'),
    profileWith(active, 'second'),
  ),
  files: { config: '/home/alice/.aws/config', credentials: '/mnt/of-acme/keys/credentials' },
  problems: [{ code: 'config-broken-line', params: { file: '/home/alice/.aws/config', line: 7 } }] as const,
};
const facts: ReportFacts = {
  at,
  machine,
  person: { home: '/home/alice', user: 'alice' },
  app: { state, localApi: 'open', relayRuns: 2, runsForMs: 600_000 },
  log: { lines: ['2030-01-02T11:00:00.000Z power state=resume'], leftOut: 3 },
};
const masked = (of: ReportFacts = facts) => reportText(of, { masksAccounts: true });
const plain = (of: ReportFacts = facts) => reportText(of, { masksAccounts: false });

describe('a report', () => {
  it('a report says what runs on what, how the app is set up, and what is in the log', () => {
    expect(masked()).toMatch(/^## STS Tray: report\nmade: 2030-01-02T12:00:00.000Z\n/);
    for (const line of [
      'app: 1.2.3',
      'runtime: Electron 39.2.0, Node 22.20.0',
      'system: linux 6.12.0 x64, debian 13',
      'desktop: gnome, session type wayland',
      'running: yes, for 10 min',
      'keychain: available',
      'local API: open',
      'relay: on, 2 runs open',
      'config: ~/.aws/config',
      'credentials: …/credentials',
      'problem: config-broken-line in line 7',
      'data folder: ~/.config/STS Tray',
      '(3 lines of another version are left out)',
      '2030-01-02T11:00:00.000Z power state=resume',
    ]) {
      expect(masked().split('\n')).toContain(line);
    }
  });

  it('a report with masks gives equal accounts and profiles the same mask, and has no account ID or name', () => {
    const text = masked();
    expect(text).toContain('profile-1: user, access key in files, account-1, no region, session active, 60 min left, made from a code');
    expect(text).toMatch(/profile-2: role, from profile-\d, account-2,/);
    expect(text).toMatch(/profile-[34]: user, access key in files, account-1,/);
    expect(['111111111111', '222222222222', 'acme', 'alice', 'canary', 'second', 'example-dev'].filter((word) => text.includes(word))).toEqual([]);
    expect(text).toContain('account IDs and names of profiles: masked');
  });

  it('a report without masks has the account IDs and names, and says so', () => {
    expect(plain()).toContain('acme-prod: user, access key in files, 111111111111,');
    expect(plain()).toContain('account IDs and names of profiles: shown');
    expect(['alice', 'canary', 'example-dev'].filter((word) => plain().includes(word))).toEqual([]);
  });

  it('a report masks an account ID wherever it stands', () => {
    const files = { config: '/home/alice/111111111111/config', credentials: '/home/alice/333333333333/credentials' };
    const text = masked({ ...facts, app: { localApi: 'open', relayRuns: 0, runsForMs: 0, state: { ...state, files } } });
    expect(text).toMatch(/config: ~\/account-\d\/config/);
    expect(leaksIn('the report', text, ['111111111111', '333333333333'])).toEqual([]);
  });

  it('a report has no secret, even where one came into a name or a folder', () => {
    const secrets = ['AKIAIOSFODNN7EXAMPLE', ['q8Zk2Vb7Xn4Lp9Rt', '6Wc3Yd1Hf5Jg0Ms+Tz/Ae2Bu'].join('')];
    const files = { config: `/home/alice/${secrets[0]}`, credentials: `/home/alice/${secrets[1]}` };
    const settings = { ...state.settings, proxy: 'http://canary.example:3128', terminal: 'canary' };
    const profiles = [profileWith(active, secrets[0]), { ...profileWith(active, secrets[1]), region: 'canary' }];
    const text = plain({ ...facts, app: { localApi: 'open', relayRuns: 0, runsForMs: 0, state: { ...state, files, settings, profiles } } });
    expect(leaksIn('the report', text, [...secrets, 'canary'])).toEqual([]);
    expect(text).toContain('proxy: set here');
  });

  it('a report of an app that is not running has the machine and the log', () => {
    const text = masked({ ...facts, app: null });
    expect(text).toContain('running: no');
    expect(text).toContain('power state=resume');
    expect(text).not.toContain('## Profiles');
  });

  it('a report tells of as many profiles as anybody reads, those with a session first', () => {
    const many = Array.from({ length: 5000 }, (_, index) => profileWith({ kind: 'none' }, `name-${index}`));
    const profiles = [...many, profileWith(active, 'the-live-one')];
    const text = plain({ ...facts, app: { localApi: 'closed', relayRuns: 0, runsForMs: 0, state: { ...state, profiles } } });
    expect(text).toContain('## Profiles\nthe-live-one: user');
    expect(text).toContain('and 4951 more');
  });

  it('a report knows a machine by words of its own, whatever its environment says', () => {
    const other = machineFacts({
      app: '',
      versions: {},
      platform: 'canary',
      release: '',
      arch: 'canary',
      osRelease: 'ID=a canary',
      env: { XDG_SESSION_TYPE: 'canary' },
    });
    expect(JSON.stringify(other)).not.toContain('canary');
    expect(other).toMatchObject({ platform: 'other', arch: 'other', session: 'other', desktop: 'none', distribution: null, electron: null });
  });
});
