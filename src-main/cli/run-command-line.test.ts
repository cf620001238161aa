import { chmod, chown, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionStatus } from '../contract/local-api.ts';
import { CliRig, failure, type Reply } from '../../testing/rigs/cli-rig.ts';

const session: SessionStatus = {
  profile: 'prod',
  kind: 'base',
  accountId: '111122223333',
  accountAlias: 'acme',
  arn: 'arn:aws:iam::111122223333:user/ann',
  expiration: '2026-11-23T20:00:00Z',
  secondsLeft: 28_740,
};
const credentials = {
  Version: 1,
  AccessKeyId: 'ASIAX',
  SecretAccessKey: 's',
  SessionToken: 't',
  Expiration: '2026-11-23T20:00:00Z',
  AccountId: '111122223333',
};
const handOff = {
  accountId: '111122223333',
  set: [
    ['AWS_ACCESS_KEY_ID', 'ASIAX'],
    ['AWS_SECRET_ACCESS_KEY', "it's"],
  ],
  unset: ['AWS_PROFILE', 'AWS_SESSION_TOKEN'],
  guardFolder: null,
  expiration: '2026-11-23T20:00:00Z',
};

const isRoot = process.getuid?.() === 0;
let rig: CliRig;
beforeEach(async () => {
  rig = await CliRig.open();
});
afterEach(() => rig.close());

describe.skipIf(process.platform === 'win32')('sts-tray', () => {
  describe('status', () => {
    it('sts-tray status lists the sessions in columns', async () => {
      const role = { ...session, profile: 'prod-admin', accountAlias: null, arn: 'arn:aws:sts::111122223333:assumed-role/admin/x', secondsLeft: 60 };
      await rig.startApp({ status: [200, { sessions: [session, role] }] });
      const { code, stdout, stderr } = await rig.run(['status']);
      const [head, ...rows] = stdout.trimEnd().split('\n');
      expect(head?.split(/ {2,}/)).toEqual(['PROFILE', 'ACCOUNT', 'LEFT', 'UNTIL', 'ARN']);
      expect(rows.map((row) => row.split(/ {2,}/).toSpliced(3, 1))).toEqual([
        ['prod', '111122223333 (acme)', '7 h 59 min', session.arn],
        ['prod-admin', '111122223333', '1 min', role.arn],
      ]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    });

    it('sts-tray status prints the sessions as the app tells them with --json', async () => {
      await rig.startApp({ status: [200, { sessions: [session] }] });
      const { stdout } = await rig.run(['status', '--json']);
      expect(JSON.parse(stdout)).toEqual([session]);
    });

    it('sts-tray status says that the app is not running without starting it, and ends with a status that tells it from no session', async () => {
      const stderr = 'sts-tray: STS Tray is not running, so there is no session.\n';
      expect(await rig.run(['status'])).toEqual({ code: 1, stdout: '', stderr });
      expect(await rig.run(['status', '--json'])).toEqual({ code: 1, stdout: '[]\n', stderr });
    });
  });

  describe('login', () => {
    it('sts-tray login asks the app to open the prompt, and says who waits', async () => {
      await rig.startApp({ login: [200, session] });
      const { code, stdout } = await rig.run(['login', 'prod', '--duration', '1h30m']);
      expect(rig.asked).toEqual([{ name: 'login', method: 'POST', fields: { profile: 'prod', durationSeconds: 5400, pid: process.pid } }]);
      expect(stdout).toMatch(/^prod: session in account 111122223333 \(acme\) until 2026-11-2\d \d\d:\d\d \(7 h 59 min\)\.\n$/);
      expect(code).toBe(0);
    });

    it('sts-tray login gives the code from standard input, spaces apart', async () => {
      await rig.startApp({ login: [200, session] });
      await rig.run(['login', '--code-stdin', 'prod'], { readLine: () => ' 123 456\r' });
      expect(rig.asked[0]?.fields).toMatchObject({ profile: 'prod', code: '123456' });
    });

    it('sts-tray login takes a code and a length in full width, as an input method types them', async () => {
      await rig.startApp({ login: [200, session] });
      await rig.run(['login', '--code-stdin', 'prod', '--duration', '２ｈ'], { readLine: () => '１２３　４５６' });
      expect(rig.asked[0]?.fields).toMatchObject({ profile: 'prod', code: '123456', durationSeconds: 7200 });
    });

    it('sts-tray login says before the code is typed whom it asks in the place of AWS, and by what way', async () => {
      const way = { endpoint: 'https://sts.gateway.example.com', proxy: 'proxy.example.com:3128', caBundle: '/etc/company.pem' };
      await rig.startApp({ login: [200, session], 'way-to-aws': [200, way] });
      const atTerminal = { stdout: true, stderr: true };
      const { stderr } = await rig.run(['login', '--code-stdin', 'prod', '--duration', '2h'], {
        isTerminal: atTerminal,
        readLine: () => {
          expect(rig.asked).toEqual([{ name: 'way-to-aws', method: 'POST', fields: { profile: 'prod', durationSeconds: 7200 } }]);
          return '123456';
        },
      });
      expect(stderr).toBe(
        'sts-tray: Connects to https://sts.gateway.example.com, not AWS.\nsts-tray: Connects through the proxy proxy.example.com:3128.\nsts-tray: Trusts the certificates in /etc/company.pem.\n',
      );

      rig.replies = { ...rig.replies, 'way-to-aws': [200, { endpoint: null, proxy: null, caBundle: null }] };
      expect((await rig.run(['login', '--code-stdin', 'prod'], { isTerminal: atTerminal, readLine: () => '123456' })).stderr).toBe('');
    });

    it('sts-tray login takes no code for a profile of which the app does not know the way', async () => {
      await rig.startApp({ 'way-to-aws': [404, failure('profile-unknown', { profile: 'prod' })] });
      const readLine = () => expect.fail('a code was read');
      expect(await rig.run(['login', '--code-stdin', 'prod'], { isTerminal: { stdout: true, stderr: true }, readLine })).toMatchObject({ code: 1 });
    });

    it.each(['', '12345', 'abcdef', '1234567'])('sts-tray login refuses the code %o without asking the app', async (line) => {
      await rig.startApp({});
      const { code, stderr } = await rig.run(['login', 'prod', '--code-stdin'], { readLine: () => line });
      expect(stderr).toBe('sts-tray: The MFA code has to be six digits. Give the code that your device shows now.\n');
      expect(code).toBe(1);
      expect(rig.asked).toEqual([]);
    });
  });

  describe('logout', () => {
    it('sts-tray logout ends one session, or all', async () => {
      await rig.startApp({ logout: [200, { ended: ['prod', 'dev'] }] });
      expect(await rig.run(['logout', 'prod'])).toEqual({ code: 0, stdout: 'Ended: prod, dev.\n', stderr: '' });
      await rig.run(['logout', '--all']);
      expect(rig.asked.map(({ fields }) => fields)).toEqual([{ profile: 'prod' }, { all: true }]);
    });

    it('sts-tray logout has nothing to do when the app is not running', async () => {
      expect(await rig.run(['logout', '--all'])).toMatchObject({ code: 0, stdout: '' });
    });
  });

  describe('export', () => {
    it('sts-tray export prints the variables for a POSIX shell unless told otherwise', async () => {
      await rig.startApp({ 'hand-off': [200, handOff] });
      const { code, stdout } = await rig.run(['export', 'prod']);
      expect(stdout).toBe(" export AWS_ACCESS_KEY_ID='ASIAX'\n export AWS_SECRET_ACCESS_KEY='it'\\''s'\n");
      expect(code).toBe(0);
      expect(rig.asked[0]?.fields).toEqual({ profile: 'prod', credentials: 'static', pid: process.pid });
    });

    it.each([
      ['zsh', ' unset AWS_PROFILE;\n'],
      ['fish', ' set -e AWS_PROFILE\n'],
      ['powershell', 'Remove-Item Env:AWS_PROFILE -ErrorAction SilentlyContinue\n'],
    ])('sts-tray export first takes out of %s what would win over the variables', async (shell, line) => {
      await rig.startApp({ 'hand-off': [200, handOff] });
      const { stdout } = await rig.run(['export', 'prod', '--shell', shell], { env: { AWS_PROFILE: 'other' } });
      expect(stdout.startsWith(line)).toBe(true);
    });

    it('sts-tray export prints an object as JSON', async () => {
      await rig.startApp({ 'hand-off': [200, handOff] });
      const { stdout } = await rig.run(['export', 'prod', '--shell', 'json']);
      expect(JSON.parse(stdout)).toEqual({ AWS_ACCESS_KEY_ID: 'ASIAX', AWS_SECRET_ACCESS_KEY: "it's" });
    });

    it('sts-tray export says when a shell cannot quote a value', async () => {
      await rig.startApp({ 'hand-off': [200, handOff] });
      const { code, stdout, stderr } = await rig.run(['export', 'prod', '--shell', 'dotenv']);
      expect(stderr).toContain('AWS_SECRET_ACCESS_KEY holds a character that dotenv cannot quote.');
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    });
  });

  describe('credential-process', () => {
    it('sts-tray credential-process prints the JSON of the app as one line', async () => {
      await rig.startApp({ 'credential-process': [200, credentials] });
      const { code, stdout } = await rig.run(['credential-process', 'my profile']);
      expect(stdout).toBe(`${JSON.stringify(credentials)}\n`);
      expect(code).toBe(0);
      const [asked] = rig.asked;
      expect(asked).toMatchObject({ name: 'credential-process', method: 'GET', fields: { profile: 'my profile', pid: String(process.pid) } });
      expect(Number(asked?.fields['waitSeconds'])).toBeGreaterThanOrEqual(54);
    });

    it('sts-tray credential-process says which run of the relay it is asked from', async () => {
      await rig.startApp({ 'credential-process': [200, credentials] });
      await rig.run(['credential-process', 'my profile'], { env: { STS_TRAY_RUN: 'a run' } });
      expect(rig.asked[0]?.fields).toMatchObject({ run: 'a run' });
    });

    it('sts-tray credential-process takes the time that the app took to start from the time it waits', async () => {
      const app = await rig.appProgram([200, credentials], 1100);
      expect(await rig.run(['credential-process', 'prod'], { app })).toMatchObject({ code: 0, stdout: `${JSON.stringify(credentials)}\n` });
      const asked = new URLSearchParams((await readFile(join(rig.folder, 'asked.txt'), 'utf8')).split('?')[1]);
      expect(Number(asked.get('waitSeconds'))).toBeLessThanOrEqual(53);
    });
  });

  describe('terminal, install and uninstall', () => {
    it('sts-tray terminal opens a terminal in the folder it is told, else in the current one', async () => {
      await rig.startApp({ terminal: [200, { terminal: 'Konsole' }] });
      expect(await rig.run(['terminal', 'prod', '--dir', 'run'])).toEqual({ code: 0, stdout: 'Opened Konsole.\n', stderr: '' });
      await rig.run(['terminal', 'prod']);
      expect(rig.asked.map(({ fields }) => fields['directory'])).toEqual([join(rig.folder, 'run'), rig.folder]);
    });

    it('sts-tray terminal refuses a folder that is not there', async () => {
      const { code, stderr } = await rig.run(['terminal', 'prod', '--dir', 'gone']);
      expect(stderr).toBe('sts-tray: gone is not a folder. See “sts-tray help terminal”.\n');
      expect(code).toBe(2);
    });

    it('sts-tray install and uninstall say what was added and removed, and where the copy is', async () => {
      const entry = { name: 'prod-sts', file: '/home/ann/.aws/config', backup: '/home/ann/.aws/config.bak' };
      await rig.startApp({ install: [200, entry], uninstall: [200, { entries: [{ ...entry, backup: null }], needsPerson: false }] });
      expect((await rig.run(['install', 'prod'])).stdout).toBe(
        'Added [profile prod-sts] to /home/ann/.aws/config; the file from before, without access keys, is /home/ann/.aws/config.bak.\n',
      );
      expect((await rig.run(['uninstall', 'prod'])).stdout).toBe('[profile prod-sts] is not in /home/ann/.aws/config.\n');
    });
  });

  describe('a refusal of the app', () => {
    it.each<[Reply, number, string]>([
      [[403, failure('role-not-allowed', { caller: 'ann', roleArn: 'R' })], 1, 'AWS does not let ann assume R.'],
      [[408, failure('mfa-timeout', { profile: 'prod', seconds: 55 })], 4, 'No MFA code was entered for profile prod within 55 seconds.'],
      [[409, failure('mfa-cancelled', { profile: 'prod' })], 4, 'The MFA prompt for profile prod was canceled.'],
      [
        [409, failure('login-root-refused', { name: 'prod', account: '111111111111' })],
        4,
        'Root of account 111111111111 signed in to prod, and you did not let programs have it.',
      ],
      [
        [409, failure('portal-user-refused', { name: 'corp', user: 'suzuki', before: 'sato' })],
        4,
        'suzuki is signed in to the access portal corp, where it was sato before, and you did not let programs have that.',
      ],
    ])('the refusal %o is told, and ends with its exit code', async (reply, code, what) => {
      await rig.startApp({ 'credential-process': reply });
      const outcome = await rig.run(['credential-process', 'prod']);
      expect(outcome).toMatchObject({ code, stdout: '' });
      expect(outcome.stderr.startsWith(`sts-tray: ${what} `)).toBe(true);
      expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
    });

    it('a refusal of the app is told in the language of the terminal', async () => {
      await rig.startApp({ login: [409, failure('mfa-cancelled', { profile: 'prod' })] });
      const { stderr } = await rig.run(['login', 'prod'], { env: { LANG: 'ja_JP.UTF-8' } });
      expect(stderr).toMatch(/^sts-tray: プロファイル prod の MFA 入力がキャンセルされました。/);
    });

    it('a refusal of the app is told in the words of an app that knows more errors', async () => {
      await rig.startApp({ login: [500, failure('of-the-future', {}, 'Something new. Do this.')] });
      expect(await rig.run(['login', 'prod'])).toEqual({ code: 1, stdout: '', stderr: 'sts-tray: Something new. Do this.\n' });
    });

    it('a refusal of the app that is none of its own is told as no answer', async () => {
      await rig.startApp({ login: [502, 'Bad gateway'] });
      expect((await rig.run(['login', 'prod'])).stderr).toContain('STS Tray does not answer (HTTP 502).');
    });
  });

  describe('when the app is not running', () => {
    it('sts-tray starts the app itself when it is not running, and not the AppImage of a program whose terminal it is called in', async () => {
      const app = await rig.appProgram([200, session]);
      const env = { PATH: process.env['PATH'], WAYLAND_DISPLAY: 'wayland-0', APPIMAGE: '/bin/false', APPDIR: '/tmp/.mount_editor' };
      expect((await rig.run(['login', 'prod'], { app, env })).code).toBe(0);
    });

    it('sts-tray starts the app in the background when it is not running, with the same folder, without any credentials and past the relay', async () => {
      const app = await rig.appProgram([200, session]);
      const env = {
        PATH: process.env['PATH'],
        WAYLAND_DISPLAY: 'wayland-0',
        ELECTRON_RUN_AS_NODE: '1',
        STS_TRAY_PROFILE: 'prod',
        AWS_PROFILE: 'prod',
        AWS_SECRET_ACCESS_KEY: 's',
        AWS_CONFIG_FILE: '/private/config',
        AWS_SHARED_CREDENTIALS_FILE: '/private/credentials',
        STS_TRAY_AWS_CONFIG_FILE: '/home/ann/own config',
        AWS_REGION: 'eu-west-1',
        AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1/token',
        STS_TRAY_AWS_ENDPOINT_URL_STS: 'https://own.example',
        STS_TRAY_RUN: 'a run',
        STS_TRAY_GUARD: 'prod',
      };
      expect((await rig.run(['login', 'prod'], { app, env })).code).toBe(0);
      const started = JSON.parse(await readFile(join(rig.folder, 'started.json'), 'utf8')) as { args: string[]; env: Record<string, string> };
      expect(started.args).toEqual(['--no-sandbox', 'folder of the app', `--user-data-dir=${rig.folder}`, '--hidden']);
      expect(Object.fromEntries(Object.entries(started.env).filter(([name]) => /AWS|STS|ELECTRON/.test(name)))).toEqual({
        AWS_CONFIG_FILE: '/home/ann/own config',
        AWS_REGION: 'eu-west-1',
        AWS_ENDPOINT_URL_STS: 'https://own.example',
      });
    });

    it('sts-tray says that the app needs a desktop where there is none', async () => {
      const { code, stderr } = await rig.run(['login', 'prod'], { env: {}, platform: 'linux' });
      expect(stderr).toMatch(/^sts-tray: STS Tray is not running, and there is no desktop here/);
      expect(code).toBe(1);
    });

    it('sts-tray says why the app did not start', async () => {
      expect((await rig.run(['login', 'prod'])).stderr).toContain('STS Tray did not start (spawn');
      const app = { executable: process.execPath, args: ['-e', 'process.exit(3)', '--'] };
      expect((await rig.run(['login', 'prod'], { app })).stderr).toContain('STS Tray did not start (it ended at once with 3).');
    });

    it.skipIf(process.platform === 'win32').for([
      ['the socket', 'run/api.sock', 0o660],
      ['the socket', 'run/api.sock', 0o604],
      ['its folder', 'run', 0o750],
      ['its folder', 'run', 0o701],
    ] as const)('sts-tray asks no app where %s, %s, has the mode %i and so is open to others', async ([, name, mode]) => {
      await rig.startApp({ status: [200, { sessions: [] }] });
      const file = join(rig.folder, name);
      await chmod(file, mode);
      const { code, stderr } = await rig.run(['status']);
      expect(stderr).toBe(`sts-tray: ${file} is open to other users of this computer, so it is not used. Quit STS Tray in the tray, then start it again.\n`);
      expect([code, rig.asked]).toEqual([1, []]);
    });

    it.runIf(isRoot)('sts-tray uses no socket of another user when the app is not running', async () => {
      await rig.startApp({ status: [200, { sessions: [] }] });
      await chown(rig.socket, 12_345, 12_345);
      const { code, stderr } = await rig.run(['status']);
      expect(stderr).toBe(
        `sts-tray: ${rig.socket} belongs to another user, so it is not used. Remove it, or ask an administrator to, then start STS Tray again.\n`,
      );
      expect(code).toBe(1);
      expect(rig.asked).toEqual([]);
    });
  });
});
