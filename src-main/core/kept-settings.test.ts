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
