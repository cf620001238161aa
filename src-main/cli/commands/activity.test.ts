import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Activity, ActivityEvent } from '../../contract/sheet.ts';
import { CliRig, failure } from '../../../testing/rigs/cli-rig.ts';

const event: ActivityEvent = {
  eventId: '6d7f7a52-5a5f-4c05-9e1e-111111111111',
  at: '2026-11-23T08:00:07Z',
  service: 's3',
  name: 'CreateBucket',
  region: 'eu-central-1',
  error: null,
  readOnly: false,
  assumed: null,
  consoleUrl: null,
};
const roleArn = 'arn:aws:iam::444455556666:role/admin';
const events: readonly ActivityEvent[] = [
  { ...event, at: '2026-11-23T15:20:00Z', service: 'ec2', name: 'RunInstances', error: 'Client.UnauthorizedOperation' },
  { ...event, at: '2026-11-23T15:19:59Z', service: 'sts', name: 'AssumeRole', region: 'us-east-1', assumed: { roleArn, accessKeyId: 'ASIAROLEROLEROLE' } },
  event,
];
const activity: Activity = {
  accessKeyId: 'ASIABASEBASEBASE',
  arn: 'arn:aws:iam::111122223333:user/ann',
  regions: ['eu-central-1', 'us-east-1'],
  events,
  more: false,
};
const delay = 'CloudTrail shows calls about 15 minutes after they were made.\n';

let rig: CliRig;
beforeAll(() => vi.stubEnv('TZ', 'Asia/Tokyo'));
afterAll(() => vi.unstubAllEnvs());
beforeEach(async () => {
  rig = await CliRig.open();
});
afterEach(() => rig.close());

const answer = (more: Partial<Activity> = {}) => rig.startApp({ activity: [200, { ...activity, ...more }] });
const run = (...args: readonly string[]) => rig.run(['activity', 'prod', ...args]);

describe.skipIf(process.platform === 'win32')('sts-tray activity', () => {
  it('sts-tray activity lists what the session did in columns, in the time of this computer', async () => {
    await answer();
    expect(await run()).toEqual({
      code: 0,
      stdout: [
        'TIME              REGION        SERVICE  EVENT         OUTCOME',
        '2026-11-24 00:20  eu-central-1  ec2      RunInstances  Client.UnauthorizedOperation',
        `2026-11-24 00:19  us-east-1     sts      AssumeRole    ${roleArn} as ASIAROLEROLEROLE`,
        '2026-11-23 17:00  eu-central-1  s3       CreateBucket  ok',
        '',
      ].join('\n'),
      stderr: delay,
    });
    expect(rig.asked).toEqual([{ name: 'activity', method: 'POST', fields: { profile: 'prod', limit: 50, pid: process.pid } }]);
  });

  it('sts-tray activity says when there are older events', async () => {
    await answer({ events: [event], more: true });
    expect((await run()).stdout.split('\n').slice(2)).toEqual(['There are older ones; --limit shows more.', '']);
  });

  it('sts-tray activity says of whom there is nothing, and where', async () => {
    await answer({ events: [] });
    const stderr = `sts-tray: No CloudTrail events for ASIABASEBASEBASE in eu-central-1, us-east-1.\n${delay}`;
    expect(await run()).toEqual({ code: 0, stdout: '', stderr });
    const { stdout, ...rest } = await run('--json');
    expect(rest).toEqual({ code: 0, stderr });
    expect(JSON.parse(stdout)).toEqual({ ...activity, events: [] });
  });

  it('sts-tray activity prints the answer of the app with --json', async () => {
    await answer({ more: true });
    const { code, stdout, stderr } = await run('--json');
    expect(JSON.parse(stdout)).toEqual({ ...activity, more: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: delay });
  });

  it('sts-tray activity lets nothing through by which a name could steer the terminal', async () => {
    await answer({
      events: [
        { ...event, service: 's3\u001B[2J', name: 'Create\u202EBucket', region: 'eu-central-1\u0007', error: 'Access\u009BDenied\nASIAFAKE' },
        { ...event, assumed: { roleArn: `${roleArn}\u001B]0;x\u0007`, accessKeyId: 'ASIA\rROLE' } },
      ],
    });
    expect((await run()).stdout.split('\n').slice(1)).toEqual([
      '2026-11-23 17:00  eu-central-1  s3[2J    CreateBucket  AccessDenied ASIAFAKE',
      `2026-11-23 17:00  eu-central-1  s3       CreateBucket  ${roleArn}]0;x as ASIA ROLE`,
      '',
    ]);
  });

  it('sts-tray activity says all of it in Japanese, in columns all the same', async () => {
    await answer({ more: true });
    const { stdout, stderr } = await rig.run(['activity', 'prod'], { env: { PATH: process.env['PATH'], DISPLAY: ':0', LANG: 'ja_JP.UTF-8' } });
    expect(stdout).toBe(
      [
        '時刻              リージョン    サービス  イベント      結果',
        '2026-11-24 00:20  eu-central-1  ec2       RunInstances  Client.UnauthorizedOperation',
        `2026-11-24 00:19  us-east-1     sts       AssumeRole    ${roleArn}（ASIAROLEROLEROLE）`,
        '2026-11-23 17:00  eu-central-1  s3        CreateBucket  成功',
        'さらに古いものがあります。--limit で増やせます。',
        '',
      ].join('\n'),
    );
    expect(stderr).toBe('CloudTrail に呼び出しが現れるまで約 15 分かかります。\n');
  });

  it('sts-tray activity asks of one session, in some regions, each once, for so many events', async () => {
    await answer();
    await run('--access-key-id', 'ASIAOLDOLDOLDOLD', '--region', 'eu-central-1, us-gov-west-1,eu-central-1', '--limit', '1000');
    expect(rig.asked[0]?.fields).toEqual({
      profile: 'prod',
      accessKeyId: 'ASIAOLDOLDOLDOLD',
      regions: ['eu-central-1', 'us-gov-west-1'],
      limit: 1000,
      pid: process.pid,
    });
  });

  it.each([
    ['permission-denied', { action: 'cloudtrail:LookupEvents' }, 1],
    ['mfa-cancelled', { profile: 'prod' }, 4],
    ['mfa-timeout', { profile: 'prod', seconds: 300 }, 4],
  ])('sts-tray activity ends with what went wrong: %s', async (error, params, code) => {
    await rig.startApp({ activity: [403, failure(error, params)] });
    const outcome = await run('--json');
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    [['--limit', '0'], '--limit takes a number from 1 to 1000, not “0”.'],
    [['--limit', '1001'], '--limit takes a number from 1 to 1000, not “1001”.'],
    [['--access-key-id', 'ASIA'], '--access-key-id takes an ID such as ASIAIOSFODNN7EXAMPLE, not “ASIA”.'],
    [['--access-key-id', 'ASIAOLDOLDOLDOLD;'], '--access-key-id takes an ID such as ASIAIOSFODNN7EXAMPLE, not “ASIAOLDOLDOLDOLD;”.'],
    [['--region', 'eu-central-1,'], '--region takes names such as eu-central-1, with commas between, not “eu-central-1,”.'],
    [['--region', 'EU'], '--region takes names such as eu-central-1, with commas between, not “EU”.'],
    [['--yes'], 'activity has no option --yes.'],
  ])('%j is wrong usage of sts-tray activity', async (args, what) => {
    await answer();
    expect(await run(...args)).toEqual({ code: 2, stdout: '', stderr: `sts-tray: ${what} See “sts-tray help activity”.\n` });
    expect(rig.asked).toEqual([]);
  });

  it('more regions than the app asks at once are wrong usage of sts-tray activity', async () => {
    await answer();
    expect(await run('--region', Array.from({ length: 41 }, (_, index) => `eu-central-${index + 1}`).join(','))).toMatchObject({ code: 2, stdout: '' });
    expect(rig.asked).toEqual([]);
  });
});
