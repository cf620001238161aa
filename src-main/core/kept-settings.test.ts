import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timesOf, tried } from '../../testing/trust/times.ts';
import { Settings } from '../contract/settings.ts';
import { keptSettings } from './kept-settings.ts';

const usual = Settings.parse({});
const production = { alias: null, color: null, production: true };
const project = { profile: 'default', accounts: { default: ['111111111111'] }, runSeconds: { apply: [], destroy: [] } };

describe('kept settings', () => {
  it('kept settings are read whole where all of them are right, also those of a version with more of them', () => {
    expect(keptSettings({})).toEqual({ settings: usual, isWhole: true });
    expect(keptSettings({ language: 'ja', ofALaterVersion: 7 })).toEqual({ settings: { ...usual, language: 'ja' }, isWhole: true });
  });

  it('kept settings lose only the entry that is wrong, of the accounts and projects too, and say that they did', () => {
    const { settings, isWhole } = keptSettings({
      accounts: { '111111111111': production, '222222222222': { ...production, production: 'yes' }, short: production },
      projects: { '/a': project, '/b': { ...project, accounts: [] } },
      favourites: ['a', 7, 'b'],
      sessionSeconds: 1,
      awsFiles: { config: '/c', credentials: 7 },
    });
    expect(isWhole).toBe(false);
    expect(Object.keys(settings.accounts)).toEqual(['111111111111']);
    expect(settings.accounts['111111111111']?.production).toBe(true);
    expect(Object.keys(settings.projects)).toEqual(['/a']);
    expect(settings.favourites).toEqual(['a', 'b']);
    expect(settings.sessionSeconds).toBe(usual.sessionSeconds);
    expect(settings.awsFiles).toEqual({ config: '/c', credentials: null });
  });

  it('kept settings lose only the colours that are none, or of no account', () => {
    const colors = { '111111111111': 'blue', '222222222222': 'beige', '333333333333': 7, short: 'blue', '444444444444': 'teal' };
    const { settings, isWhole } = keptSettings({ accountColors: colors });
    expect(isWhole).toBe(false);
    expect(settings.accountColors).toEqual({ '111111111111': 'blue', '444444444444': 'teal' });
    for (const wrong of [['blue'], 'blue', 7, null]) expect(keptSettings({ accountColors: wrong })).toEqual({ settings: usual, isWhole: false });
  });

  it("kept settings that cannot be read at all are the platform's", () => {
    expect(keptSettings({ exportShell: 'csh' }, { exportShell: 'powershell' })).toMatchObject({ settings: { exportShell: 'powershell' }, isWhole: false });
  });

  it.each([
    ['a name that it cannot have', { name: '' }],
    ['an alias that is none', { alias: 7 }],
    ['a colour that there is not', { color: 'beige' }],
    ['what a later version says of it', { owner: 'shop' }],
  ])('kept settings keep that an account is production where there is also %s', (_what, wrong) => {
    const { settings, isWhole } = keptSettings({ accounts: { '111111111111': { ...production, ...wrong } } });
    expect(settings.accounts['111111111111']).toEqual({ name: null, alias: null, color: null, production: true });
    expect(isWhole).toBe(false);
  });

  it('kept settings keep what a folder is bound to where what is deployed there cannot be read', () => {
    const { settings } = keptSettings({ projects: { '/a': { ...project, deployed: { at: 'yesterday' } } } });
    expect(settings.projects['/a']).toEqual({ ...project, remindAfterHours: null, deployed: null });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'kept settings keep what they know of a profile, a workspace and a folder named %s',
    (name) => {
      const applied = { at: 1, profile: name, accountIds: ['111111111111'], destroyRanAt: null };
      const rotation = { oldKeyId: 'AKIAIOSFODNN7EXAMPLE', newKeyId: null, begunAt: 1, done: 'begun' };
      const revocation = { profile: name, policyName: 'p', issuedBefore: 1, neededUntil: 2 };
      const named = (value: unknown) => Object.fromEntries([[name, value]]);
      const bound = { ...project, accounts: named(['111111111111']), deployed: { ...applied, remindedAt: null, workspaces: named(applied) } };
      const kept = {
        ...{ codeSources: named({ from: 'typing', line: '', touch: false }), mfaSerials: named('arn'), profileAccounts: named('111111111111') },
        ...{ projects: named(bound), rotations: named(rotation), revocations: named(revocation), accessKeyDates: named({ accessKeyId: 'A', createdAt: 1 }) },
      };
      const { settings, isWhole } = keptSettings(JSON.parse(JSON.stringify(kept)));
      expect(isWhole).toBe(true);
      expect(JSON.parse(JSON.stringify(settings))).toMatchObject(JSON.parse(JSON.stringify(kept)));
      for (const record of Object.keys(kept) as (keyof typeof kept)[]) expect(Object.keys(settings[record])).toEqual([name]);
      const [found] = Object.values(settings.projects);
      expect([Object.keys(found?.accounts ?? {}), Object.keys(found?.deployed?.workspaces ?? {})]).toEqual([[name], [name]]);
    },
  );

  it('kept settings of the accounts of a project are no record where they are a list, and a wrong entry is named with its place', () => {
    const refused = Settings.safeParse({ projects: { '/a': { ...project, accounts: { default: ['1'] } } } });
    expect(refused.error?.issues[0]?.path).toEqual(['projects', '/a', 'accounts', 'default', 0]);
    expect(Settings.safeParse({ mfaSerials: [] }).success).toBe(false);
  });

  it('kept settings become settings whatever JSON they are, and those that are right stay as they are', { timeout: 600_000 }, (context) => {
    const numRuns = timesOf({ usual: 2_000, thorough: 50_000 });
    const names = fc.constantFrom(...Object.keys(Settings.shape), '__proto__', 'constructor');
    const kept = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.dictionary(names, fc.jsonValue({ maxDepth: 3 })));
    fc.assert(
      fc.property(kept, (value) => {
        const { settings } = keptSettings(JSON.parse(JSON.stringify(value)));
        expect(Settings.parse(settings)).toEqual(settings);
        const spoilt = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
        const rest = keptSettings({ ...spoilt, accounts: { '111111111111': production }, theme: 'dark' }).settings;
        expect([rest.accounts['111111111111']?.production, rest.theme]).toEqual([true, 'dark']);
      }),
      { numRuns },
    );
    tried(context, numRuns);
  });
});
