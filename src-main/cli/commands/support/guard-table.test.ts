import { describe, expect, it } from 'vitest';
import type { GuardReport, GuardRow } from '../../../contract/guard.ts';
import { guardText } from './guard-table.ts';
import { cliTexts } from '../../texts/texts.ts';

const row = (more: Partial<GuardRow> = {}): GuardRow => ({
  address: 'aws',
  place: { file: 'main.tf', line: 3 },
  roles: ['arn:aws:iam::222222222222:role/hub', 'arn:aws:iam::333333333333:role/deploy'],
  region: null,
  account: { accountId: '333333333333', alias: 'example', production: true },
  verdict: 'match',
  reason: null,
  ...more,
});
const report = (rows: readonly GuardRow[], more: Partial<GuardReport> = {}): GuardReport => ({
  folder: '/project',
  workspace: 'default',
  profile: 'default',
  verdict: 'match',
  rows,
  production: [],
  statementLines: null,
  state: { role: null, profile: null },
  boundTo: [],
  stated: [],
  obstacles: [],
  ...more,
});

describe('the table of the account guard', () => {
  it('the table of the account guard has every role on the way, the alias and the mark of the account, and where the region comes from', () => {
    expect(guardText(report([row()]), cliTexts('en')).split('\n')[1]).toBe(
      'aws       arn:aws:iam::222222222222:role/hub → arn:aws:iam::333333333333:role/deploy  333333333333 (example, production)  from its environment  match',
    );
  });

  it('the table of the account guard lines up in Japanese too', () => {
    const [head, line] = guardText(report([row({ account: null, roles: [], verdict: 'unknown' })]), cliTexts('ja')).split('\n');
    expect(head).toBe('プロバイダー  ロール  アカウント  リージョン  判定');
    expect(line).toBe('aws           なし    不明        環境による  不明');
  });

  it('the table of the account guard says what is wrong in the same way once, and what keeps the state and was not read', () => {
    const reason = { code: 'guard-unnamed', params: { provider: 'aws', account: '1', named: '2' } } as const;
    const text = guardText(
      report([row({ verdict: 'mismatch', reason }), row({ address: 'aws.b', verdict: 'mismatch', reason })], {
        state: { role: 'arn:aws:iam::444444444444:role/state', profile: 'state' },
        obstacles: [{ code: 'guard-module-not-installed', params: { modules: 'vpc, dns' } }],
      }),
      cliTexts('en'),
    );
    expect(text.match(/but the project only names/g)).toHaveLength(1);
    expect(text).toContain('The s3 backend keeps the state with role arn:aws:iam::444444444444:role/state.\n');
    expect(text).toContain('with profile state, not with this session');
    expect(text).toContain('Not installed, so not looked at: vpc, dns. Run “terraform init” first.\n');
  });

  it('the table of the account guard is a sentence where there is no provider', () => {
    expect(guardText(report([]), cliTexts('en'))).toBe('/project has no AWS provider.\n');
  });
});
