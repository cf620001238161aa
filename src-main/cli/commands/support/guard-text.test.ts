import { describe, expect, it } from 'vitest';
import type { GuardReport, GuardRow } from '../../../contract/guard.ts';
import { colored, plain } from '../../texts/colors.ts';
import { cliTexts, columns } from '../../texts/texts.ts';
import { checkText, runText } from './guard-headings.ts';
import { matchLines } from './match-lines.ts';

const en = { texts: cliTexts('en'), paint: plain };
const ja = { texts: cliTexts('ja'), paint: plain };
const prod = { accountId: '222222222222', name: 'prod-eu', alias: null, production: false };
const logs = { accountId: '333333333333', name: null, alias: null, production: false };

const row = (more: Partial<GuardRow> = {}): GuardRow => ({
  address: 'aws',
  place: { file: 'main.tf', line: 3 },
  roles: ['arn:aws:iam::222222222222:role/deploy'],
  region: 'us-east-1',
  account: prod,
  verdict: 'match',
  reason: null,
  ...more,
});
const wrong = row({
  account: logs,
  verdict: 'mismatch',
  reason: { code: 'guard-mismatch', params: { provider: 'aws', account: '333333333333', meant: '222222222222', source: 'check.account' } },
});
const report = (rows: readonly GuardRow[], more: Partial<GuardReport> = {}): GuardReport => ({
  folder: '/home/network',
  workspace: 'default',
  profile: 'default',
  verdict: rows[0]?.verdict ?? 'match',
  rows,
  production: [],
  statementLines: null,
  state: { role: null, profile: null, account: null },
  boundTo: [],
  stated: [],
  obstacles: [],
  ...more,
});
const stopped = { needed: { kind: 'refuse', why: 'mismatch' }, command: 'terraform apply' } as const;

describe('a run that starts', () => {
  it('a run that starts says in one line which account it reaches, by which role', () => {
    expect(matchLines(report([row()]), en)).toBe('✓ STS Tray  aws → prod-eu 2222-2222-2222 (deploy)  as expected\n');
    expect(matchLines(report([row()]), ja)).toBe('✓ STS Tray  aws → prod-eu 2222-2222-2222（deploy）  想定どおり\n');
  });

  it('a run that starts has a line for each account that it reaches, in columns', () => {
    const other = row({ address: 'aws.logs', roles: [...row().roles, 'arn:aws:iam::333333333333:role/logs'], account: logs });
    expect(matchLines(report([row(), row({ address: 'aws.eu', region: 'eu-west-1' }), other]), en).split('\n')).toEqual([
      '✓ STS Tray  aws, aws.eu → prod-eu 2222-2222-2222 (deploy)  as expected',
      '            aws.logs    → 3333-3333-3333 (deploy → logs)  as expected',
      '',
    ]);
  });

  it('a run that starts with forty providers names a few of them, and how many more there are', () => {
    const rows = Array.from({ length: 40 }, (_, index) => row({ address: `aws.region_${index}` }));
    expect(matchLines(report(rows), en)).toBe('✓ STS Tray  aws.region_0 +39 → prod-eu 2222-2222-2222 (deploy)  as expected\n');
  });

  it('a run that starts in production says so in a word, and in colour where there is one', () => {
    const rows = [row({ account: { ...prod, production: true }, roles: [] })];
    expect(matchLines(report(rows), en)).toBe('✓ STS Tray  aws → prod-eu 2222-2222-2222 PRODUCTION  as expected\n');
    expect(matchLines(report(rows), { ...en, paint: colored })).toContain('\u001b[1;97;41mPRODUCTION\u001b[0m');
  });

  it('a run without an AWS provider starts without a word', () => {
    expect(matchLines(report([]), en)).toBe('');
  });
});

describe('a run that is stopped', () => {
  it('a run that is stopped says why, the worst provider first, and those that match in a line', () => {
    expect(runText(report([row({ address: 'aws.eu' }), wrong]), stopped, en)).toBe(`✗ STS Tray stopped terraform apply
  ✗ aws: MISMATCH
    account   3333-3333-3333
    expected  2222-2222-2222 prod-eu (check.account)
    role      deploy
    region    us-east-1
    file      main.tf:3
    aws reaches account 333333333333, not 222222222222, which
    check.account asks for. Fix the provider’s role or credentials, or
    what names the account, if that is wrong.

  ✓ aws.eu → prod-eu 2222-2222-2222 (deploy)

`);
  });

  it.each(['en', 'ja'] as const)('no line of what the guard says is wider than 72 columns, but those to copy (%s)', (language) => {
    const long = 'arn:aws:iam::${var.accounts[var.environment].account_id}:role/a/path/that/goes/on/and/on/deploy-network';
    const unknown = row({
      address: 'module.network.module.peering["eu-central-1"].aws.replica_of_the_first',
      account: { ...logs, name: 'アカウント'.repeat(12), production: true },
      roles: [long],
      region: null,
      verdict: 'unknown',
      reason: { code: 'guard-unknown', params: { provider: 'aws.replica', expression: long } },
    });
    const many = Array.from({ length: 40 }, (_, index) => row({ address: `aws.region_${index}`, place: { file: `region-${index}.tf`, line: 1 } }));
    const all = report([unknown, wrong, ...many], {
      obstacles: [{ code: 'guard-module-not-installed', params: { modules: 'vpc, dns, '.repeat(20) } }],
      state: { role: long, profile: 'state', account: null },
    });
    const look = { texts: cliTexts(language), paint: plain };
    const lines = [runText(all, stopped, look), checkText(all, look)].join('').split('\n');
    expect(lines.filter((line) => columns(line) > 72 && !line.includes('→'))).toEqual([]);
    expect(lines.length).toBeGreaterThan(40);
  });

  it('the lines that say which account is meant are not broken, so that they can be copied', () => {
    const lines = `  allowed_account_ids = [${'"222222222222", '.repeat(10)}]\n`;
    const text = runText(report([row({ verdict: 'unstated' })], { statementLines: lines }), { needed: { kind: 'warn' }, command: 'terraform plan' }, en);
    expect(text).toContain(`    ${lines}`);
    expect(text).toContain('To say so, add:\n');
  });

  it.each([
    [{ kind: 'confirm', why: 'unknown', learn: false }, '? STS Tray asks before terraform apply'],
    [{ kind: 'type-accounts', accounts: [], learn: false }, '! terraform apply is about to change production'],
    [{ kind: 'warn' }, '? STS Tray does not know which account is meant'],
  ] as const)('a run that is asked about says so first: %o', (needed, heading) => {
    expect(runText(report([row()]), { needed, command: 'terraform apply' }, en).split('\n')[0]).toBe(heading);
  });
});

describe('a check', () => {
  it('a check has a paragraph for each way into an account, with all that is known of it', () => {
    const same = row({ address: 'aws.eu', region: 'eu-west-1', place: null });
    expect(checkText(report([row(), same], { workspace: 'eu' }), en)).toBe(`✓ network, workspace eu, with profile default
  ✓ aws, aws.eu: match
    account  prod-eu 2222-2222-2222
    role     deploy
    region   us-east-1, eu-west-1
    file     main.tf:3
`);
  });

  it('a check lines up in Japanese too, where the account is not known', () => {
    const lines = checkText(report([row({ account: null, roles: [], region: null, verdict: 'unknown' })]), ja).split('\n');
    expect(lines).toEqual([
      '? network（default で確認）',
      '  ? aws: 不明',
      '    アカウント  不明',
      '    ロール      なし',
      '    リージョン  環境による',
      '    ファイル    main.tf:3',
      '',
    ]);
  });

  it('a check says what keeps the state, and what was not read', () => {
    const text = checkText(
      report([row()], {
        state: {
          role: 'arn:aws:iam::444444444444:role/state',
          profile: 'state',
          account: { accountId: '444444444444', name: 'states', alias: null, production: true },
        },
        obstacles: [{ code: 'guard-module-not-installed', params: { modules: 'vpc, dns' } }],
      }),
      en,
    );
    expect(text).toContain('The s3 backend keeps the state with role\n  arn:aws:iam::444444444444:role/state.\n');
    expect(text).toContain('with profile state, not with this\n  session');
    expect(text).toContain('The state is in states 4444-4444-4444 PRODUCTION.\n');
    expect(text).toContain('Not installed, so not looked at: vpc, dns. Run “terraform init” first.\n');
  });

  it('a check of a project without a provider is a sentence', () => {
    expect(checkText(report([]), en)).toBe('✓ network with profile default\n  /home/network has no AWS provider.\n');
  });
});
