import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccessKeyInfo, AccessKeys, Rotation } from '../../contract/sheet.ts';
import { CliRig, failure } from '../../../testing/rigs/cli-rig.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000 - 60_000).toISOString();
const old: AccessKeyInfo = {
  accessKeyId: 'AKIAOLD',
  active: true,
  createdAt: daysAgo(400),
  lastUsed: { at: '2026-11-23T15:20:00Z', service: 'sts', region: 'us-east-1' },
  current: true,
};
const listed: AccessKeys = { userName: 'ann', keys: [old], rotation: null };
const deactivated: Rotation = { oldKeyId: 'AKIAOLD', newKeyId: 'AKIANEW', done: 'deactivated' };
const rotated: AccessKeys = {
  userName: 'ann',
  keys: [
    { ...old, active: false, current: false },
    { accessKeyId: 'AKIANEW', active: true, createdAt: daysAgo(0), lastUsed: null, current: true },
  ],
  rotation: deactivated,
};
const ended: AccessKeys = { ...rotated, keys: rotated.keys.slice(1), rotation: null };

const rotatedTable = `ACCESS KEY ID  STATUS               AGE    LAST USED
AKIAOLD        inactive             400 d  2026-11-24 00:20, sts in us-east-1
AKIANEW        active, in use here  0 d    never, or not known
`;
const next = 'The old key AKIAOLD is inactive. When nothing misses it, delete it: sts-tray rotate prod --delete-old\n';
const windowWaits = 'sts-tray: Confirm it in the window of STS Tray, which waits 2 minutes.\n';
const japanese = { PATH: process.env['PATH'], DISPLAY: ':0', LANG: 'ja_JP.UTF-8' };

let rig: CliRig;
beforeAll(() => vi.stubEnv('TZ', 'Asia/Tokyo'));
afterAll(() => vi.unstubAllEnvs());
beforeEach(async () => {
  rig = await CliRig.open();
});
afterEach(() => rig.close());

describe.skipIf(process.platform === 'win32')('sts-tray', () => {
  describe('keys', () => {
    it('sts-tray keys lists the keys of the user, and what is left of a rotation', async () => {
      await rig.startApp({ 'access-keys': [200, rotated] });
      expect(await rig.run(['keys', 'prod'])).toEqual({ code: 0, stdout: rotatedTable, stderr: next });
      expect(rig.asked).toEqual([{ name: 'access-keys', method: 'POST', fields: { profile: 'prod', pid: process.pid } }]);
      rig.replies = { 'access-keys': [200, listed] };
      expect(await rig.run(['keys', 'prod'])).toMatchObject({ code: 0, stderr: '' });
      rig.replies = { 'access-keys': [200, { ...listed, rotation: { ...deactivated, done: 'created' } }] };
      expect((await rig.run(['keys', 'prod'])).stderr).toBe('A rotation was interrupted. Continue: sts-tray rotate prod\n');
    });

    it('sts-tray keys prints the keys with --json', async () => {
      await rig.startApp({ 'access-keys': [200, rotated] });
      const { code, stdout, stderr } = await rig.run(['keys', 'prod', '--json']);
      expect(JSON.parse(stdout)).toEqual(rotated);
      expect({ code, stderr }).toEqual({ code: 0, stderr: next });
    });

    it('sts-tray keys lists the keys in Japanese', async () => {
      await rig.startApp({ 'access-keys': [200, rotated] });
      const { stdout, stderr } = await rig.run(['keys', 'prod'], { env: japanese });
      expect(stdout).toBe(`アクセスキー ID  状態            日数    最終使用
AKIAOLD          無効            400 日  2026-11-24 00:20、sts（us-east-1）
AKIANEW          有効（使用中）  0 日    なし、または不明
`);
      expect(stderr).toBe('古いキー AKIAOLD は無効です。どこにも使われていないとわかったら削除してください: sts-tray rotate prod --delete-old\n');
    });

    it('sts-tray keys does not let a name steer the terminal, and counts no days of a key from the future', async () => {
      const key = { ...old, createdAt: daysAgo(-2), lastUsed: { at: '2026-11-23T15:20:00Z', service: 's\u001B[2Jts', region: 'us\u202E-\neast-1' } };
      await rig.startApp({ 'access-keys': [200, { ...listed, keys: [key] }] });
      expect((await rig.run(['keys', 'prod'])).stdout.split('\n')[1]).toBe('AKIAOLD        active, in use here  0 d  2026-11-24 00:20, s[2Jts in us- east-1');
    });

    it.each([
      ['permission-denied', { action: 'iam:ListAccessKeys' }, 1],
      ['mfa-timeout', { profile: 'prod', seconds: 300 }, 4],
    ])('sts-tray keys ends with what went wrong: %s', async (error, params, code) => {
      await rig.startApp({ 'access-keys': [403, failure(error, params)] });
      expect(await rig.run(['keys', 'prod', '--json'])).toMatchObject({ code, stdout: '' });
    });
  });

  describe('rotate', () => {
    it('sts-tray rotate says where it is confirmed, and what is left to do', async () => {
      await rig.startApp({ rotate: [200, rotated] });
      expect(await rig.run(['rotate', 'prod'])).toEqual({ code: 0, stdout: rotatedTable, stderr: `${windowWaits}${next}` });
      expect(rig.asked).toEqual([{ name: 'rotate', method: 'POST', fields: { profile: 'prod', pid: process.pid } }]);
    });

    it('sts-tray rotate says in Japanese where it is confirmed, and that it was refused there', async () => {
      await rig.startApp({ rotate: [409, failure('action-refused')] });
      const { code, stderr } = await rig.run(['rotate', 'prod'], { env: japanese });
      expect(stderr).toBe(
        'sts-tray: STS Tray のウィンドウで確認してください。2 分間待ちます。\nsts-tray: STS Tray のウィンドウで拒否されたため、何もしていません。 もう一度実行し、ウィンドウで確認してください。\n',
      );
      expect(code).toBe(4);
    });

    it.each([
      ['access-keys-two', { userName: 'ann', current: 'AKIAOLD', other: 'AKIATWO' }, 1],
      ['permission-denied', { action: 'iam:CreateAccessKey' }, 1],
      ['mfa-cancelled', { profile: 'prod' }, 4],
      ['action-unanswered', { minutes: 2 }, 4],
      ['action-changed', {}, 1],
    ])('sts-tray rotate ends with what went wrong: %s', async (error, params, code) => {
      await rig.startApp({ rotate: [409, failure(error, params)] });
      const outcome = await rig.run(['rotate', 'prod']);
      expect(outcome).toMatchObject({ code, stdout: '' });
      expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(2);
    });
  });

  describe('rotate --delete-old', () => {
    it('sts-tray rotate --delete-old says where it is confirmed, and shows what is left', async () => {
      await rig.startApp({ 'delete-old-key': [200, ended] });
      expect(await rig.run(['rotate', 'prod', '--delete-old'])).toEqual({
        code: 0,
        stderr: windowWaits,
        stdout: 'ACCESS KEY ID  STATUS               AGE  LAST USED\nAKIANEW        active, in use here  0 d  never, or not known\n',
      });
      expect(rig.asked.map(({ name, fields }) => [name, fields])).toEqual([['delete-old-key', { profile: 'prod', pid: process.pid }]]);
    });

    it('sts-tray rotate --delete-old ends with what went wrong', async () => {
      await rig.startApp({ 'delete-old-key': [409, failure('rotation-none', { profile: 'prod' })] });
      const { code, stdout, stderr } = await rig.run(['rotate', 'prod', '--delete-old']);
      expect(stderr).toBe(`${windowWaits}sts-tray: There is no old key to delete for prod. Rotate the key first.\n`);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      rig.replies = { 'delete-old-key': [409, failure('action-refused')] };
      expect(await rig.run(['rotate', 'prod', '--delete-old'])).toMatchObject({ code: 4, stdout: '' });
      rig.replies = { 'delete-old-key': [403, failure('permission-denied', { action: 'iam:DeleteAccessKey' })] };
      expect(await rig.run(['rotate', 'prod', '--delete-old'])).toMatchObject({ code: 1, stdout: '' });
    });
  });

  it.each([
    [['keys'], 'keys needs PROFILE.', 'keys'],
    [['keys', 'prod', '--yes'], 'keys has no option --yes.', 'keys'],
    [['rotate'], 'rotate needs PROFILE.', 'rotate'],
    [['rotate', 'prod', 'dev'], 'Unexpected argument “dev”.', 'rotate'],
    [['rotate', 'prod', '--json'], 'rotate has no option --json.', 'rotate'],
  ])('%j is wrong usage of sts-tray', async (args, what, command) => {
    await rig.startApp({});
    expect(await rig.run(args)).toEqual({ code: 2, stdout: '', stderr: `sts-tray: ${what} See “sts-tray help ${command}”.\n` });
    expect(rig.asked).toEqual([]);
  });
});
