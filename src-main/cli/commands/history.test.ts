import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoryRecord, SessionRecord } from '../../contract/ledger.ts';
import { CliRig, failure } from '../../../testing/rigs/cli-rig.ts';

const base: SessionRecord = {
  record: 'session',
  at: '2026-11-23T08:00:00Z',
  profile: 'prod',
  kind: 'base',
  accountId: '111122223333',
  accountAlias: 'acme',
  arn: 'arn:aws:iam::111122223333:user/ann',
  role: null,
  sessionName: 'ann',
  accessKeyId: 'ASIABASE',
  expiresAt: '2026-11-23T16:00:00Z',
  earlierHandOffs: 0,
  handOffs: [
    {
      at: '2026-11-23T08:01:00Z',
      way: 'credential-process',
      credentials: 'static',
      program: { pid: 4711, command: 'terraform plan', folder: '/home/ann/network' },
    },
    { at: '2026-11-23T08:30:00Z', way: 'exec', credentials: 'renewable', program: { pid: 4712, command: 'aws', folder: null } },
    { at: '2026-11-23T15:10:00Z', way: 'clipboard', credentials: 'static', program: null },
  ],
  ended: null,
};
const role: SessionRecord = {
  ...base,
  at: '2026-11-23T15:20:00Z',
  profile: 'prod-admin',
  kind: 'role',
  accountId: '444455556666',
  accountAlias: null,
  arn: 'arn:aws:sts::444455556666:assumed-role/admin/ann',
  role: 'admin',
  accessKeyId: 'ASIAROLE',
  expiresAt: '2026-11-23T16:20:00Z',
  handOffs: [],
  ended: { at: '2026-11-23T15:45:00Z', how: 'ended' },
};
const arn = 'arn:aws:iam::444455556666:role/admin';
const key = { record: 'access-key', at: '2026-11-23T13:00:00Z', profile: 'prod', accessKeyId: 'AKIANEW' } as const;

let rig: CliRig;
beforeAll(() => vi.stubEnv('TZ', 'Asia/Tokyo'));
afterAll(() => vi.unstubAllEnvs());
beforeEach(async () => {
  rig = await CliRig.open();
});
afterEach(() => rig.close());

const answer = (...records: readonly HistoryRecord[]) => rig.startApp({ history: [200, { records }] });
const lines = async (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
  (await rig.run(['history', ...args], { env: { PATH: process.env['PATH'], DISPLAY: ':0', ...env } })).stdout.trimEnd().split('\n');

describe.skipIf(process.platform === 'win32')('sts-tray history', () => {
  describe('the list', () => {
    it('sts-tray history lists sessions in columns, in the time of this computer, with their hand-offs below them', async () => {
      await answer(role, base);
      const { code, stdout, stderr } = await rig.run(['history']);
      expect(stdout).toBe(
        [
          'STARTED           PROFILE     ACCOUNT              AS                 ACCESS KEY ID  ENDED',
          '2026-11-24 00:20  prod-admin  444455556666         role admin as ann  ASIAROLE       2026-11-24 00:45 by you',
          '2026-11-23 17:00  prod        111122223333 (acme)  user ann           ASIABASE       active until 2026-11-24 01:00',
          '  17:01  credential-process: terraform plan (process 4711, /home/ann/network)',
          '  17:30  exec: aws (process 4712)',
          '  00:10  clipboard',
          '',
        ].join('\n'),
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    });

    it.each([
      ['ended', 'by you'],
      ['renewed', 'renewed'],
      ['profile-changed', 'profile changed'],
      ['refused', 'refused by AWS'],
      ['revoked', 'revoked'],
      ['expired', 'expired'],
    ] as const)('sts-tray history lists how a session ended: %s', async (how, words) => {
      await answer({ ...role, ended: { at: '2026-11-23T15:45:00Z', how } });
      expect((await lines())[1]?.split(/ {2,}/).at(-1)).toBe(`2026-11-24 00:45 ${words}`);
    });

    it('sts-tray history lists revocations and changes of access keys where they belong among the sessions', async () => {
      await answer(
        { record: 'revocation-removed', at: '2026-11-24T01:00:00Z', profile: 'prod-admin', arn, policyName: 'Old' },
        role,
        {
          record: 'revoked',
          at: '2026-11-23T14:00:00Z',
          profile: 'prod-admin',
          arn,
          policyName: 'Old',
          issuedBefore: '2026-11-23T14:00:00Z',
          neededUntil: '2026-11-24T02:00:00Z',
        },
        { ...base, handOffs: [] },
      );
      const [, ...rest] = await lines();
      expect(rest.map((line) => line.slice(18))).toEqual([
        `prod-admin  took Old off ${arn}`,
        expect.stringContaining('ASIAROLE'),
        `prod-admin  revoked what ${arn} was issued before 2026-11-23 23:00 (Old)`,
        expect.stringContaining('ASIABASE'),
      ]);
    });

    it('sts-tray history lists what was done with an access key, without the head of a table that has no rows', async () => {
      await answer(...(['deleted', 'deactivated', 'put-in-place', 'created'] as const).map((change) => ({ ...key, change })));
      expect(await lines()).toEqual([
        '2026-11-23 22:00  prod  access key AKIANEW deleted',
        '2026-11-23 22:00  prod  access key AKIANEW deactivated',
        '2026-11-23 22:00  prod  access key AKIANEW put in place',
        '2026-11-23 22:00  prod  access key AKIANEW created',
      ]);
    });

    it('sts-tray history says of each run which role it assumed where, or that it had none, and what became of it', async () => {
      const run = {
        record: 'reached',
        at: base.at,
        profile: 'prod',
        run: '1',
        accountId: '222222222222',
        outcome: 'reached',
        folder: '/home/ann/network',
      } as const;
      const deploy = 'arn:aws:iam::222222222222:role/teams/deploy';
      await answer(
        { ...run, role: deploy, program: 'terraform apply' },
        { ...run, role: deploy, program: 'make', outcome: 'failed' },
        { ...run, role: null, program: 'terraform apply', outcome: 'refused', folder: null },
        { ...run, role: null, program: null },
      );
      expect(await lines()).toEqual([
        '2026-11-23 17:00  prod  terraform apply assumed role teams/deploy in 222222222222 (/home/ann/network)',
        '2026-11-23 17:00  prod  AWS did not let make assume role teams/deploy in 222222222222 (/home/ann/network)',
        '2026-11-23 17:00  prod  terraform apply was kept from going on in 222222222222 without a role',
        '2026-11-23 17:00  prod  a program went on in 222222222222 without a role (/home/ann/network)',
      ]);
    });

    it('sts-tray history says which programs were not what they said', async () => {
      const handOff = (more: object) => ({
        at: '2026-11-23T08:30:00Z',
        way: 'exec' as const,
        credentials: 'static' as const,
        program: { pid: 1, command: 'terraform', folder: null, ...more },
      });
      const handOffs = [
        handOff({ verified: true, peer: null }),
        handOff({ verified: false, peer: null }),
        handOff({ verified: false, peer: { pid: 2, command: 'python3 evil.py' } }),
      ];
      await answer({ ...base, handOffs });
      const { stdout } = await rig.run(['history']);
      expect(stdout.trimEnd().split('\n').slice(-3)).toEqual([
        '  17:30  exec: terraform (process 1)',
        '  17:30  exec: terraform (process 1, unverified)',
        '  17:30  exec: terraform (process 1, unverified: python3 evil.py, process 2, was connected)',
      ]);
    });

    it('sts-tray history lists nothing that a program or a folder could have put into its name to steer the terminal', async () => {
      const program = { pid: 1, command: 'terra\u001B[2Jform\u202E', folder: '/tmp/\u0007x\nASIAFAKE' };
      await answer({ ...base, handOffs: [{ at: base.at, way: 'exec', credentials: 'static', program }] });
      expect((await lines()).slice(2)).toEqual(['  17:00  exec: terra[2Jform (process 1, /tmp/x ASIAFAKE)']);
    });

    it('sts-tray history lists all of it in Japanese', async () => {
      await answer(base);
      const [head, session, first] = await lines([], { LANG: 'ja_JP.UTF-8' });
      expect(`${head} ${session}`).not.toMatch(/STARTED|user|lives/);
      expect(session).toContain('111122223333 (acme)');
      expect(first).toMatch(/^ {2}17:01 {2}credential-process: terraform plan \(/);
    });
  });

  it('sts-tray history prints the records as the app tells them with --json, none included', async () => {
    await answer(role, base, { ...key, change: 'created' });
    expect(JSON.parse((await rig.run(['history', '--json'])).stdout)).toEqual([role, base, { ...key, change: 'created' }]);
    rig.replies = { history: [200, { records: [] }] };
    expect(await rig.run(['history', '--json'])).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  it('sts-tray history says that there is nothing, which is no failure', async () => {
    await answer();
    expect(await rig.run(['history', 'prod'])).toEqual({ code: 0, stdout: '', stderr: 'sts-tray: No matching entries.\n' });
  });

  it('sts-tray history says why the ledger cannot be read', async () => {
    await rig.startApp({ history: [500, failure('ledger-unreadable', { file: '/data/ledger.jsonl', reason: 'EISDIR' })] });
    const { code, stdout, stderr } = await rig.run(['history']);
    expect(stderr).toContain('/data/ledger.jsonl');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  describe('the question to the app', () => {
    const asked = async (...args: readonly string[]) => {
      await answer();
      await rig.run(['history', ...args]);
      return rig.asked[0]?.fields;
    };

    it('sts-tray history asks the app for the latest twenty of everything', async () => {
      expect(await asked()).toEqual({ limit: 20 });
      expect(rig.asked[0]).toMatchObject({ name: 'history', method: 'POST' });
    });

    it('sts-tray history asks the app for what it is told, and only for that', async () => {
      expect(await asked('prod', '--account', '111122223333', '--program', 'Terraform', '--since', '2026-11-23', '--limit', '1000')).toEqual({
        profile: 'prod',
        account: '111122223333',
        program: 'Terraform',
        since: '2026-11-22T15:00:00.000Z',
        limit: 1000,
      });
    });

    it.each([
      ['90', 90],
      ['30m', 1800],
      ['1h30m', 5400],
      ['7d', 7 * 86_400],
      ['7D', 7 * 86_400],
    ])('sts-tray history asks the app for what happened since %s ago', async (value, seconds) => {
      const before = Date.now();
      const now = Date.parse(String((await asked('--since', value))?.['since'])) + seconds * 1000;
      expect(now).toBeGreaterThanOrEqual(before);
      expect(now).toBeLessThanOrEqual(Date.now());
    });

    it('sts-tray history asks the app for the whole of a day that exists, the 29th of February of a leap year too', async () => {
      expect(await asked('--since', '2028-02-29')).toMatchObject({ since: '2028-02-28T15:00:00.000Z' });
    });
  });

  describe('wrong usage', () => {
    it.each([
      ['--limit', '0'],
      ['--limit', '1001'],
      ['--limit', '1.5'],
      ['--limit', 'all'],
      ['--limit', '9999999999'],
      ['--since', 'yesterday'],
      ['--since', '2026-13-01'],
      ['--since', '2026-02-31'],
      ['--since', '2026-11-31'],
      ['--since', '2026-11-23T08:00:00Z'],
      ['--since', '1w'],
      ['--account', '1111'],
      ['--account', 'acme'],
      ['--program', ''],
      ['--user', 'ann'],
    ])('sts-tray history refuses, without asking the app, %s %o', async (option, value) => {
      await answer();
      const { code, stdout, stderr } = await rig.run(['history', option, value]);
      expect(stderr).toMatch(new RegExp(`^sts-tray: .*${option}.* See “sts-tray help history”\\.\n$`));
      expect({ code, stdout, asked: rig.asked }).toEqual({ code: 2, stdout: '', asked: [] });
    });

    it('sts-tray history refuses, without asking the app, two profiles', async () => {
      expect(await rig.run(['history', 'prod', 'dev'])).toMatchObject({ code: 2, stderr: expect.stringContaining('Unexpected argument “dev”.') as string });
    });
  });
});
