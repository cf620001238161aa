import { describe, expect, it } from 'vitest';
import type { GuardReport, GuardRow, Verdict } from '../../../contract/guard.ts';
import { appError } from '../../errors.ts';
import { clearance } from './clearance.ts';

const account = { accountId: '222222222222', name: null, alias: null, production: true };
const report = (verdict: Verdict, production = false): GuardReport => ({
  folder: '/project',
  workspace: 'default',
  profile: 'default',
  verdict,
  rows: [],
  production: production ? [account] : [],
  statementLines: null,
  state: { role: null, profile: null, account: null },
  boundTo: [],
  stated: [],
  obstacles: [],
});
const person = { changes: true, accounts: [] as string[], interactive: true };
const script = { ...person, interactive: false };

describe('clearance', () => {
  it('lets a match go, and a mismatch never', () => {
    expect(clearance(report('match'), script)).toEqual({ kind: 'go' });
    for (const run of [person, script])
      expect(clearance(report('mismatch'), { ...run, accounts: ['222222222222'] })).toEqual({ kind: 'refuse', why: 'mismatch' });
  });

  it('wants the ID of a production account typed for what changes it, or given as --account', () => {
    expect(clearance(report('match', true), person)).toEqual({ kind: 'type-accounts', accounts: [account], learn: false });
    expect(clearance(report('match', true), { ...person, changes: false })).toEqual({ kind: 'go' });
    expect(clearance(report('match', true), script)).toEqual({ kind: 'refuse', why: 'production', accounts: [account] });
    expect(clearance(report('match', true), { ...script, accounts: ['222222222222'] })).toEqual({ kind: 'go' });
    expect(clearance(report('unstated', true), person)).toEqual({ kind: 'type-accounts', accounts: [account], learn: true });
  });

  it('wants each production account typed, but for those that were given', () => {
    const other = { ...account, accountId: '333333333333' };
    const both = { ...report('match'), production: [account, other] };
    expect(clearance(both, person)).toEqual({ kind: 'type-accounts', accounts: [account, other], learn: false });
    expect(clearance(both, { ...script, accounts: ['222222222222'] })).toEqual({ kind: 'refuse', why: 'production', accounts: [other] });
    expect(clearance(both, { ...script, accounts: ['222222222222', '333333333333'] })).toEqual({ kind: 'go' });
  });

  it('leaves what is decided at run time to the relay, unless nothing says what is meant and nobody can be asked', () => {
    const late = (more: Partial<GuardReport> = {}) => ({ ...report('at-run-time'), ...more });
    expect(clearance(late(), person)).toEqual({ kind: 'at-run-time' });
    expect(clearance(late(), script)).toEqual({ kind: 'refuse', why: 'nothing-meant' });
    expect(clearance(late({ stated: ['222222222222'] }), script)).toEqual({ kind: 'at-run-time' });
    expect(clearance(late({ boundTo: ['222222222222'] }), script)).toEqual({ kind: 'at-run-time' });
    expect(clearance(late(), { ...script, accounts: ['222222222222'] })).toEqual({ kind: 'at-run-time' });
  });

  it('lets a run go on at the relay beside a provider without a role that nothing but an unseen state may use, where all others match by roles', () => {
    const row = (address: string, verdict: Verdict, ...roles: string[]): GuardRow => ({
      ...{ address, verdict, roles, place: null, region: null, account, reason: null },
    });
    const perhaps = (verdict: Verdict, ...roles: string[]): GuardRow => ({
      ...row('aws', verdict, ...roles),
      reason: appError('guard-perhaps-state', { provider: 'aws' }),
    });
    const role = 'arn:aws:iam::222222222222:role/deploy';
    const late = (rows: GuardRow[], more: Partial<GuardReport> = {}) => clearance({ ...report('at-run-time'), rows, ...more }, script).kind;
    expect(late([perhaps('at-run-time'), row('aws.a', 'match', role), row('aws.b', 'match', role)])).toBe('at-run-time');
    expect(late([perhaps('at-run-time')])).toBe('refuse');
    expect(late([perhaps('at-run-time', 'var.role'), row('aws.a', 'match', role)])).toBe('refuse');
    for (const other of [row('aws.b', 'unstated', role), row('aws.b', 'at-run-time', role), row('aws.b', 'match'), row('aws.b', 'match', '')]) {
      expect(late([perhaps('at-run-time'), row('aws.a', 'match', role), other])).toBe('refuse');
    }
    const obstacles = [appError('guard-module-not-installed', { modules: 'net' })];
    expect(late([perhaps('at-run-time'), row('aws.a', 'match', role)], { obstacles })).toBe('refuse');
    expect(clearance({ ...report('unknown'), rows: [perhaps('unknown'), row('aws.a', 'match', role)] }, script)).toEqual({ kind: 'refuse', why: 'unknown' });
  });

  it('wants the production accounts typed that are known before the rest is decided at run time', () => {
    const late = { ...report('at-run-time', true), stated: ['222222222222'] };
    expect(clearance(late, person)).toEqual({ kind: 'type-accounts', accounts: [account], learn: false });
    expect(clearance(late, script)).toEqual({ kind: 'refuse', why: 'production', accounts: [account] });
    expect(clearance(late, { ...person, changes: false })).toEqual({ kind: 'at-run-time' });
    expect(clearance(late, { ...script, accounts: ['222222222222'] })).toEqual({ kind: 'at-run-time' });
  });

  it('asks about what cannot be told, and refuses it for production and where nobody can be asked', () => {
    expect(clearance(report('unknown'), person)).toEqual({ kind: 'confirm', why: 'unknown', learn: false });
    expect(clearance(report('unknown', true), person)).toEqual({ kind: 'refuse', why: 'unknown' });
    expect(clearance(report('unknown'), script)).toEqual({ kind: 'refuse', why: 'unknown' });
  });

  it('warns where nothing is stated, and learns from the first run that a person confirms', () => {
    expect(clearance(report('unstated'), script)).toEqual({ kind: 'warn' });
    expect(clearance(report('unstated'), { ...person, changes: false })).toEqual({ kind: 'warn' });
    expect(clearance(report('unstated'), person)).toEqual({ kind: 'confirm', why: 'unstated', learn: true });
  });
});
