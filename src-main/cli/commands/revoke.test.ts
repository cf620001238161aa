import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RevocationPreview } from '../../contract/sheet.ts';
import { CliRig, failure, type Reply } from '../../../testing/rigs/cli-rig.ts';

const arn = 'arn:aws:iam::111122223333:user/ann';
const document = '{\n  "Version": "2012-10-17",\n  "Statement": []\n}';
const preview: RevocationPreview = {
  principal: { kind: 'user', name: 'ann', arn, accountId: '111122223333' },
  policyName: 'STSTrayRevokeOlderSessions',
  document,
  neededUntil: '2026-11-24T20:00:00Z',
  ends: ['prod', 'prod-2'],
  outlive: ['prod-admin'],
  consoleUrl: 'https://console.aws.amazon.com/iam/home#/users/details/ann?section=permissions',
};
const bare: RevocationPreview = { ...preview, ends: [], outlive: [], consoleUrl: null };

const previewText = `This adds the inline policy STSTrayRevokeOlderSessions to ${arn}. It blocks every session issued until now.
Access keys keep working, so a new session can be started at once.
It ends the sessions that STS Tray holds: prod, prod-2.
Not covered: role sessions of prod-admin. They stay valid for up to 1 hour; revoke those too if they are in the wrong hands.
Not covered: role sessions that programs such as Terraform assumed from them. They stay valid for up to 1 hour.
`;
const windowWaits = 'sts-tray: Confirm it in the window of STS Tray, which waits 2 minutes.\n';
const handOver = `The inline policy STSTrayRevokeOlderSessions for ${arn}:
Where it is added: https://console.aws.amazon.com/iam/home#/users/details/ann?section=permissions
`;
const doneText = `Every session issued to ${arn} until now is blocked by the inline policy STSTrayRevokeOlderSessions.
Not covered: role sessions of prod-admin. They stay valid for up to 1 hour; revoke those too if they are in the wrong hands.
Not covered: role sessions that programs such as Terraform assumed from them. They stay valid for up to 1 hour.
Keep the policy until 2026-11-25 05:00. Then remove it: sts-tray revoke prod --remove
A new session: sts-tray login prod
`;
const japanese = { PATH: process.env['PATH'], DISPLAY: ':0', LANG: 'ja_JP.UTF-8' };

let rig: CliRig;
beforeAll(() => vi.stubEnv('TZ', 'Asia/Tokyo'));
afterAll(() => vi.unstubAllEnvs());
beforeEach(async () => {
  rig = await CliRig.open();
});
afterEach(() => rig.close());

const askedFor = () => rig.asked.map(({ name }) => name);

describe.skipIf(process.platform === 'win32')('sts-tray revoke', () => {
  it('sts-tray revoke shows what it would do, says where it is confirmed, and tells what it did', async () => {
    await rig.startApp({ revocation: [200, preview], revoke: [200, preview] });
    expect(await rig.run(['revoke', 'prod'])).toEqual({ code: 0, stdout: doneText, stderr: `${previewText}${windowWaits}` });
    expect(rig.asked).toEqual([
      { name: 'revocation', method: 'POST', fields: { profile: 'prod' } },
      { name: 'revoke', method: 'POST', fields: { profile: 'prod', pid: process.pid } },
    ]);
  });

  it.each([
    ['action-refused', {}, 'Nothing was done: it was refused in the window of STS Tray.'],
    ['action-unanswered', { minutes: 2 }, 'Nothing was done: nobody answered in the window of STS Tray within 2 minutes.'],
  ])('sts-tray revoke ends with 4 when the window does not let it: %s', async (code, params, what) => {
    await rig.startApp({ revocation: [200, preview], revoke: [409, failure(code, params)] });
    const next = 'Run the command again, and confirm it there.';
    expect(await rig.run(['revoke', 'prod'])).toEqual({ code: 4, stdout: '', stderr: `${previewText}${windowWaits}sts-tray: ${what} ${next}\n` });
  });

  it('sts-tray revoke asks nothing at a terminal, where a program could answer as well', async () => {
    await rig.startApp({ revocation: [200, bare], revoke: [200, bare] });
    let reads = 0;
    const readLine = () => `no ${(reads += 1)}`;
    const { code, stdout } = await rig.run(['revoke', 'prod'], { interactive: true, readLine });
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(1)).toEqual(doneText.split('\n').slice(2));
    expect(reads).toBe(0);
  });

  it('sts-tray revoke leaves empty parts out of the preview', async () => {
    await rig.startApp({ revocation: [200, bare], revoke: [200, bare] });
    const { stderr } = await rig.run(['revoke', 'prod']);
    expect(stderr).toBe(`${previewText.split('\n').toSpliced(2, 2).join('\n')}${windowWaits}`);
  });

  it('sts-tray revoke prints the policy alone with --dry-run, for a pipe, and writes nothing', async () => {
    await rig.startApp({ revocation: [200, preview] });
    expect(await rig.run(['revoke', 'prod', '--dry-run'])).toEqual({ code: 0, stdout: `${document}\n`, stderr: handOver });
    rig.replies = { revocation: [200, bare] };
    expect((await rig.run(['revoke', 'prod', '--dry-run'])).stderr).toBe(handOver.split('\n').toSpliced(1, 1).join('\n'));
    expect(askedFor()).toEqual(['revocation', 'revocation']);
  });

  it('sts-tray revoke prints the policy as it is after the refusal, not as it was shown', async () => {
    const [shown, later] = [preview, { ...preview, document: document.replace('[]', '["later"]') }];
    const previews = [shown, later];
    await rig.startApp({
      get revocation(): Reply {
        return [200, previews.shift()];
      },
      revoke: [403, failure('permission-denied', { action: 'iam:PutUserPolicy' })],
    });
    const outcome = await rig.run(['revoke', 'prod']);
    expect(outcome).toMatchObject({ code: 1, stdout: `${later.document}\n` });
    expect(askedFor()).toEqual(['revocation', 'revoke', 'revocation']);
  });

  it('sts-tray revoke prints no policy, and says why, when there is none as it is after the refusal', async () => {
    const previews: Reply[] = [
      [200, preview],
      [502, failure('network-unreachable', { service: 'STS', reason: 'ECONNRESET' })],
    ];
    await rig.startApp({
      get revocation(): Reply {
        return previews.shift() ?? [404, null];
      },
      revoke: [403, failure('permission-denied', { action: 'iam:PutUserPolicy' })],
    });
    const outcome = await rig.run(['revoke', 'prod']);
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toMatch(/\nsts-tray: AWS does not allow iam:PutUserPolicy here\. .*\nsts-tray: .*ECONNRESET.*\n$/);
  });

  it.each([
    ['permission-denied', { action: 'iam:PutUserPolicy' }, 'AWS does not allow iam:PutUserPolicy here.'],
    ['entity-protected', { action: 'iam:PutRolePolicy' }, 'This role is managed by AWS'],
    ['policy-limit', { name: 'ann' }, 'ann has no room for one more inline policy.'],
  ])('sts-tray revoke hands the policy over when AWS refuses it: %s', async (code, params, what) => {
    await rig.startApp({ revocation: [200, preview], revoke: [403, failure(code, params)] });
    const outcome = await rig.run(['revoke', 'prod']);
    expect(outcome).toMatchObject({ code: 1, stdout: `${document}\n` });
    const [first, ...rest] = outcome.stderr.slice(`${previewText}${windowWaits}`.length).split('\n');
    expect(first?.startsWith(`sts-tray: ${what}`)).toBe(true);
    expect(rest.join('\n')).toBe(handOver);
  });

  it.each([
    ['mfa-cancelled', { profile: 'prod' }, 4],
    ['mfa-timeout', { profile: 'prod', seconds: 300 }, 4],
    ['network-unreachable', { service: 'IAM', reason: 'ECONNRESET' }, 1],
  ])('sts-tray revoke has no policy to hand over after %s', async (error, params, code) => {
    await rig.startApp({ revocation: [200, preview], revoke: [409, failure(error, params)] });
    const outcome = await rig.run(['revoke', 'prod']);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr.slice(`${previewText}${windowWaits}`.length).trimEnd().split('\n')).toHaveLength(1);
  });

  it('sts-tray revoke says why there is no preview, and asks for nothing more', async () => {
    await rig.startApp({ revocation: [409, failure('revoke-root', { profile: 'prod' })] });
    const { code, stdout, stderr } = await rig.run(['revoke', 'prod']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^sts-tray: prod has an access key of the root user, which takes no policies\. /);
    expect(askedFor()).toEqual(['revocation']);
  });

  it('sts-tray revoke takes the policy off with --remove', async () => {
    await rig.startApp({ 'remove-revocation': [200, { arn }] });
    expect(await rig.run(['revoke', 'prod', '--remove'])).toEqual({ code: 0, stdout: `Removed the policy from ${arn}.\n`, stderr: windowWaits });
    expect(rig.asked.map(({ name, fields }) => [name, fields])).toEqual([['remove-revocation', { profile: 'prod', pid: process.pid }]]);
    rig.replies = { 'remove-revocation': [409, failure('revocation-none', { profile: 'prod' })] };
    expect(await rig.run(['revoke', 'prod', '--remove'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('The app knows of no policy that it wrote for prod.') as string,
    });
    rig.replies = { 'remove-revocation': [409, failure('mfa-cancelled', { profile: 'prod' })] };
    expect(await rig.run(['revoke', 'prod', '--remove'])).toMatchObject({ code: 4 });
  });

  it.each([
    [['revoke'], 'sts-tray: revoke needs PROFILE. See “sts-tray help revoke”.\n'],
    [['revoke', 'prod', 'dev'], 'sts-tray: Unexpected argument “dev”. See “sts-tray help revoke”.\n'],
    [['revoke', 'prod', '--json'], 'sts-tray: revoke has no option --json. See “sts-tray help revoke”.\n'],
    [['revoke', 'prod', '--yes'], 'sts-tray: revoke has no option --yes. See “sts-tray help revoke”.\n'],
    [['revoke', 'prod', '--remove', '--dry-run'], 'sts-tray: revoke takes one of --dry-run, --remove, not both. See “sts-tray help revoke”.\n'],
  ])('%j is wrong usage of sts-tray revoke', async (args, stderr) => {
    await rig.startApp({});
    expect(await rig.run(args)).toEqual({ code: 2, stdout: '', stderr });
    expect(rig.asked).toEqual([]);
  });

  it('sts-tray revoke says all of it in Japanese', async () => {
    await rig.startApp({ revocation: [200, preview], revoke: [200, preview] });
    const outcome = await rig.run(['revoke', 'prod'], { env: japanese });
    expect(outcome).toEqual({
      code: 0,
      stderr: `インラインポリシー STSTrayRevokeOlderSessions を ${arn} に追加します。これまでに発行されたすべてのセッションを拒否します。
アクセスキーはそのまま使えるため、新しいセッションはすぐに開始できます。
STS Tray が持つ次のセッションが終わります: prod, prod-2。
対象外: prod-admin のロールセッション。最長 1 時間有効です。他人の手に渡っている場合は、それらも取り消してください。
対象外: Terraform などのプログラムがそこから引き受けたロールのセッション。最長 1 時間有効です。
sts-tray: STS Tray のウィンドウで確認してください。2 分間待ちます。
`,
      stdout: `${arn} にこれまで発行されたセッションは、インラインポリシー STSTrayRevokeOlderSessions によりすべて拒否されます。
対象外: prod-admin のロールセッション。最長 1 時間有効です。他人の手に渡っている場合は、それらも取り消してください。
対象外: Terraform などのプログラムがそこから引き受けたロールのセッション。最長 1 時間有効です。
このポリシーは 2026-11-25 05:00 まで必要です。その後の削除: sts-tray revoke prod --remove
新しいセッション: sts-tray login prod
`,
    });
  });
});
