import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { answerQuestion } from '../../testing/app/answer-question.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { writeCliConfig } from '../../testing/terraform/cli-config.ts';
import { writeMainTf } from '../../testing/terraform/deployment.ts';
import { initialise } from '../../testing/terraform/initialised.ts';

// A config file that was written for aws-vault, with the real pass, GnuPG and Terraform.

const missing = [
  ...['terraform', 'curl', 'pass', 'gpg', 'oathtool'].filter((program) => findProgram(program) === null),
  ...missingPrograms().map(({ program }) => program),
];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

/** Stands in for the extension `pass-otp`, of which Debian's package has the documents alone. */
const otpExtension = `secret=$(cmd_show "$1") || exit 1
secret=\${secret#*secret=}
oathtool --totp --base32 - <<<"\${secret%%&*}"
`;

test('terraform plan waits for the code of pass, which a config of aws-vault names in an included profile', async () => {
  const rig = await AppRig.start();
  try {
    const { accountId, deployRoleArn } = rig.aws.accounts.b;
    const config = [
      '[default]',
      'region = us-east-1',
      '[profile common]',
      `mfa_serial = ${rig.aws.alice.mfaSerial}`,
      'mfa_process = pass otp aws/alice',
      '[profile deploy]',
      'include_profile = common',
      'source_profile = default',
      `role_arn = ${deployRoleArn}`,
    ];
    await rig.configureAws({ config: `${config.join('\n')}\n` });
    const [gnupg, extensions] = [join(rig.home, '.gnupg'), join(rig.home, '.extensions')];
    const pass = { GNUPGHOME: gnupg, PASSWORD_STORE_ENABLE_EXTENSIONS: 'true', PASSWORD_STORE_EXTENSIONS_DIR: extensions };
    const env = { ...rig.env, ...pass };
    await mkdir(gnupg, { mode: 0o700 });
    await mkdir(extensions);
    await writeFile(join(extensions, 'otp.bash'), otpExtension, { mode: 0o755 });
    const ok = async (program: string, ...args: readonly string[]): Promise<void> =>
      expect(await runProgram(program, args, { env })).toMatchObject({ exitCode: 0 });
    await ok('gpg', '--batch', '--passphrase', '', '--quick-generate-key', 'alice@example.com', 'default', 'default', 'never');
    await ok('pass', 'init', 'alice@example.com');
    await ok('sh', '-c', 'printf "%s\\n" "$1" | pass insert --multiline aws/alice', 'sh', rig.aws.alice.totpUri);

    const app = await rig.startApp({ env: pass });
    for (const profile of ['default', 'deploy']) expect(await runStsTray(rig, ['install', profile])).toMatchObject({ exitCode: 0 });
    const folder = join(rig.home, 'project');
    await mkdir(folder);
    writeMainTf(folder, { roleArn: deployRoleArn, expectedAccountId: accountId, bucketName: 'from-pass' });
    await initialise(folder, writeCliConfig(rig.home));
    const plan = () =>
      runProgram('terraform', ['plan', '-no-color'], { cwd: folder, env: { ...rig.env, ...writeCliConfig(rig.home), AWS_PROFILE: 'default-sts' } });

    const first = plan();
    // Terraform and its provider take their time to start.
    await expect.poll(() => app.openViews(), { timeout: 120_000 }).toContain('question');
    const question = await app.window('question');
    await expect(question.getByText('pass otp aws/alice', { exact: true })).toBeVisible();
    await expect(question.getByText('Profile common')).toBeVisible();
    await answerQuestion(app, 'Run it');
    const { exitCode, stdout, stderr } = await first;
    expect([exitCode, stderr, stdout]).toEqual([0, '', expect.stringContaining('Plan: 1 to add')]);
    expect(rig.aws.calls.filter(({ action }) => action === 'GetSessionToken')).toHaveLength(1);

    // It is asked once. The next code comes half a minute later at most, while Terraform waits.
    await runStsTray(rig, ['logout', '--all']);
    expect((await plan()).exitCode).toBe(0);
    expect(app.timesOpened('question')).toBe(1);
    expect((await runStsTray(rig, ['history'])).stdout.match(/code from pass/g)).toHaveLength(2);

    // What is changed is asked for again, and a refusal leaves the prompt to the user.
    await writeFile(join(rig.home, '.aws/config'), `${config.join('\n').replace('pass otp aws/alice', 'pass otp aws/bob')}\n`);
    await runStsTray(rig, ['logout', '--all']);
    const refused = runStsTray(rig, ['login', 'deploy']);
    await answerQuestion(app, 'Refuse');
    const mfa = await app.window('mfa');
    await expect(mfa.getByRole('region', { name: 'Source of the code' })).toContainText('it was refused in its window');
    await rig.submitCode(mfa);
    expect((await refused).exitCode).toBe(0);
    await runProgram('gpgconf', ['--kill', 'all'], { env });
  } finally {
    await rig.close();
  }
});
