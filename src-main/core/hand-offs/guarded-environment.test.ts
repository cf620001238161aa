import { expect, it } from 'vitest';
import { guardedEnvironment } from './guarded-environment.ts';

const guarded = { profile: 'prod', accessKeyId: null, accounts: [] };
const place = { folder: '/guard', env: { PATH: '/bin:/usr/bin' }, delimiter: ':' };

it('what a command starts finds the guarded programs first, and knows whose session it has', () => {
  expect(guardedEnvironment(guarded, place)).toEqual({
    set: [
      ['PATH', '/guard:/bin:/usr/bin'],
      ['STS_TRAY_GUARD', 'prod'],
    ],
    unset: [],
  });
  expect(Object.fromEntries(guardedEnvironment({ ...guarded, accessKeyId: 'ASIAX', accounts: ['1', '2'] }, place).set)).toMatchObject({
    STS_TRAY_GUARD_KEY: 'ASIAX',
    STS_TRAY_GUARD_ACCOUNT: '1,2',
  });
});

it('a command within a guarded one has the folder once in PATH, in front, and no mark of the outer one', () => {
  const env = { PATH: '/own:/guard:/bin', STS_TRAY_GUARD: 'other', STS_TRAY_GUARD_KEY: 'ASIAO', STS_TRAY_GUARD_ACCOUNT: '1' };
  const { set, unset } = guardedEnvironment(guarded, { ...place, env });
  expect(Object.fromEntries(set)).toEqual({ PATH: '/guard:/own:/bin', STS_TRAY_GUARD: 'prod' });
  expect(unset).toEqual(['STS_TRAY_GUARD', 'STS_TRAY_GUARD_KEY', 'STS_TRAY_GUARD_ACCOUNT']);
});

it('where the guard has looked a guarded program is the real one, and the accounts still hold', () => {
  const env = { STS_TRAY_GUARD: 'prod' };
  expect(guardedEnvironment({ ...guarded, profile: null, accounts: ['1'] }, { ...place, env })).toEqual({
    set: [
      ['PATH', '/guard'],
      ['STS_TRAY_GUARD_ACCOUNT', '1'],
    ],
    unset: ['STS_TRAY_GUARD'],
  });
});

it('without a folder nothing is guarded, by nobody’s mark either', () => {
  expect(guardedEnvironment(guarded, { ...place, folder: null, env: { STS_TRAY_GUARD: 'prod' } })).toEqual({ set: [], unset: ['STS_TRAY_GUARD'] });
});
