import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliRig, failure } from '../../../testing/rigs/cli-rig.ts';

const windowWaits = 'sts-tray: Confirm it in the window of STS Tray, which waits 2 minutes.\n';
const url = 'https://signin.aws.amazon.com/federation?Action=login&SigninToken=fake';

let rig: CliRig;
beforeEach(async () => {
  rig = await CliRig.open();
});
afterEach(() => rig.close());

describe.skipIf(process.platform === 'win32')('sts-tray console', () => {
  it('sts-tray console has the app open the console', async () => {
    await rig.startApp({ console: [200, { url: null }] });
    expect(await rig.run(['console', 'prod'])).toEqual({ code: 0, stdout: 'The browser opens the AWS console.\n', stderr: windowWaits });
    expect(rig.asked).toEqual([{ name: 'console', method: 'POST', fields: { profile: 'prod', addressOnly: false, pid: process.pid } }]);
    expect((await rig.run(['console', 'prod'], { env: { DISPLAY: ':0', LANG: 'ja_JP.UTF-8' } })).stdout).toBe('ブラウザーで AWS コンソールを開きます。\n');
  });

  it('sts-tray console prints the address alone with --url', async () => {
    await rig.startApp({ console: [200, { url }] });
    expect(await rig.run(['console', 'prod', '--url', '--service', 'ec2'])).toEqual({ code: 0, stdout: `${url}\n`, stderr: windowWaits });
    expect(rig.asked[0]?.fields).toEqual({ profile: 'prod', service: 'ec2', addressOnly: true, pid: process.pid });
  });

  it.each([
    [
      'console-base-session',
      { profile: 'prod', roles: 'prod-admin' },
      1,
      'sts-tray: prod is a session of a user, and AWS lets only role sessions into its console. Open the console as one of its roles: prod-admin.\n',
    ],
    [
      'mfa-cancelled',
      { profile: 'prod' },
      4,
      'sts-tray: The MFA prompt for profile prod was canceled. Run the command again, and type the code of your MFA device.\n',
    ],
  ])('sts-tray console ends with what went wrong: %s', async (error, params, code, stderr) => {
    await rig.startApp({ console: [409, failure(error, params)] });
    expect(await rig.run(['console', 'prod', '--url'])).toEqual({ code, stdout: '', stderr: `${windowWaits}${stderr}` });
  });

  it.each([
    [['console'], 'console needs PROFILE.'],
    [['console', 'prod', '--service', 'S3'], '--service takes a name such as s3 or ec2, not “S3”.'],
    [['console', 'prod', '--service', '../s3'], '--service takes a name such as s3 or ec2, not “../s3”.'],
    [['console', 'prod', '--service'], '--service needs a value.'],
    [['console', 'prod', '--json'], 'console has no option --json.'],
  ])('%j is wrong usage of sts-tray console', async (args, what) => {
    await rig.startApp({});
    expect(await rig.run(args)).toEqual({ code: 2, stdout: '', stderr: `sts-tray: ${what} See “sts-tray help console”.\n` });
    expect(rig.asked).toEqual([]);
  });
});
