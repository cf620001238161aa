import { expect, test } from 'playwright/test';
import { runConfirmed } from '../../testing/app/answer-question.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { realAccountIn } from '../../testing/real-aws/real-account.ts';
import { RealMachine } from '../../testing/real-aws/real-machine.ts';

// What rests most on AWS itself, in an account that the variables name: docs/real-aws.md. e2e/whole/real-aws.spec.ts
// rehearses it. What is printed of credentials must not reach a message, so exit codes and errors alone are compared.

test.describe.configure({ mode: 'serial' });

/** Until a policy of IAM holds everywhere: mostly some seconds. */
const settled = { timeout: 120_000, intervals: [1_000, 2_000, 5_000] };
/** An account that nobody means: AWS's own example, of which the relay never asks AWS. */
const foreignRole = 'arn:aws:iam::123456789012:role/nightly';

const account = realAccountIn(process.env);
let machine: RealMachine;
let app: RunningApp;

test.beforeAll(async () => {
  machine = await RealMachine.start(account);
  app = await machine.startApp();
});
test.afterAll(() => machine.close());

const inExec = (...command: readonly string[]) => runStsTray(machine, ['exec', 'default', '--account', account.accountId, '--', ...command]);
const assume = (roleArn: string) =>
  inExec('aws', 'sts', 'assume-role', '--role-arn', roleArn, '--role-session-name', 'nightly', '--query', 'AssumedRoleUser.Arn', '--output', 'text');

/** The variables of a session of the role, as a shell gets them. */
async function roleSession(): Promise<Record<string, string>> {
  const { exitCode, stdout, stderr } = await runStsTray(machine, ['export', 'nightly', '--shell', 'json']);
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Record<string, string>;
}

/** What a session may do in the account: the first word of AWS's refusal, or that it may. */
async function outcomeWith(session: Readonly<Record<string, string>>): Promise<string> {
  const { exitCode, stderr } = await runProgram('aws', ['iam', 'list-account-aliases'], { env: { ...machine.env, ...session } });
  return exitCode === 0 ? 'allowed' : (/\((\w+)\)/.exec(stderr)?.[1] ?? 'failed without a code');
}

test('GetSessionToken takes a code of the virtual MFA device, and the session is of the user', async () => {
  const [{ exitCode, stderr }] = await Promise.all([runStsTray(machine, ['login', 'default', '--duration', '1h']), machine.typeCode(app)]);
  expect([exitCode, stderr]).toEqual([0, '']);
  const { stdout } = await runStsTray(machine, ['status', '--json']);
  const [session] = JSON.parse(stdout) as { kind: string; arn: string; secondsLeft: number }[];
  expect([session?.kind, session?.arn.includes(':user/')]).toEqual(['base', true]);
  expect(session?.secondsLeft).toBeGreaterThan(3_400);
  expect(session?.secondsLeft).toBeLessThanOrEqual(3_600);
});

test('the relay assumes the role in the account that is meant, and refuses one in another', async () => {
  const assumed = await assume(account.roleArn);
  expect([assumed.exitCode, assumed.stdout]).toEqual([0, expect.stringContaining(`:${account.accountId}:assumed-role/`)]);
  const refused = await assume(foreignRole);
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stderr).toContain(`This run asks for the role ${foreignRole} in account 123456789012, but it is meant for`);
});

test('sessions of the role that were issued before a revocation are denied, and a later one is not', async () => {
  const before = await roleSession();
  expect(await outcomeWith(before)).toBe('allowed');
  const revoked = await runConfirmed(machine, app, ['revoke', 'nightly'], 'Revoke sessions');
  expect([revoked.exitCode, revoked.stdout]).toEqual([0, expect.stringContaining('until now is blocked')]);
  await expect.poll(() => outcomeWith(before), settled).toBe('AccessDenied');
  await expect.poll(async () => outcomeWith(await roleSession()), settled).toBe('allowed');
});

test('the console opens for the role', async () => {
  const { exitCode, stdout, stderr } = await runConfirmed(machine, app, ['console', 'nightly', '--url'], 'Give out address');
  expect([exitCode, stderr.includes('https://')]).toEqual([0, false]);
  const answer = await fetch(stdout.trim(), { redirect: 'manual' });
  const to = new URL(answer.headers.get('location') ?? 'nowhere:', stdout.trim());
  // The address with the token stays out of what is printed when this fails.
  expect([answer.status, to.hostname]).toEqual([302, expect.stringMatching(/(?:^|\.)console\.aws\.amazon\.com$/)]);
});

test('the policy that revoked is taken off, and the role is as it was', async () => {
  const removed = await runConfirmed(machine, app, ['revoke', 'nightly', '--remove'], 'Remove revocation');
  expect([removed.exitCode, removed.stdout]).toEqual([0, `Removed the policy from ${account.roleArn}.\n`]);
  expect(await runStsTray(machine, ['logout', '--all'])).toMatchObject({ exitCode: 0, stderr: '' });
});
