import { expect, test } from 'playwright/test';
import { checkout } from '../../testing/app/running-app.ts';
import { startLocalAws } from '../../testing/aws/local-aws.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { realAwsVariables } from '../../testing/real-aws/real-account.ts';

// A rehearsal of the nightly run, in which only AWS is another one.

const missing = [...['aws', 'curl'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

const nightly = (env: NodeJS.ProcessEnv) =>
  runProgram('npx', ['playwright', 'test', '-c', 'e2e/real-aws/playwright.config.ts'], { cwd: checkout, env: { ...process.env, FORCE_COLOR: '0', ...env } });

test('the nightly run against AWS goes through on the local one, and prints no secret', async () => {
  const aws = await startLocalAws();
  try {
    const values: Record<keyof typeof realAwsVariables, string> = {
      accessKeyId: aws.alice.accessKeyId,
      secretAccessKey: aws.alice.secretAccessKey,
      mfaSerial: aws.alice.mfaSerial,
      totpSeed: new URL(aws.alice.totpUri).searchParams.get('secret') ?? '',
      roleArn: aws.accounts.b.deployRoleArn,
    };
    const variables = Object.fromEntries(Object.entries(realAwsVariables).map(([field, name]) => [name, values[field as keyof typeof values]]));
    const { exitCode, stdout, stderr } = await nightly({ ...variables, AWS_ENDPOINT_URL: aws.endpoint });
    expect([exitCode, exitCode === 0 ? '' : stdout, stderr]).toEqual([0, '', '']);
    expect(stdout).toContain('5 passed');
    for (const secret of aws.secrets()) expect(`${stdout}${stderr}`.includes(secret)).toBe(false);
    const actions = new Set(aws.calls.map(({ action }) => action));
    for (const action of ['GetSessionToken', 'AssumeRole', 'PutRolePolicy', 'DeleteRolePolicy']) expect([action, actions.has(action)]).toEqual([action, true]);
  } finally {
    await aws.close();
  }
});

test('without an account the nightly run says in a sentence what is missing', async () => {
  const { exitCode, stdout } = await nightly({ REAL_AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' });
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining('No account of AWS can be used without REAL_AWS_SECRET_ACCESS_KEY, REAL_AWS_MFA_SERIAL,')]);
});
