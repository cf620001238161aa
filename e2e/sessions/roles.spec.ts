import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'playwright/test';
import type { SessionStatus } from '../../src-main/contract/local-api.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { timePasses } from '../../testing/processes/deadline.ts';
import { endInPanel, login } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// Role profiles, and what the app says about profiles that it cannot use.

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  await appendFile(rig.awsFiles.config, profiles());
  app = await rig.startApp();
  await login(rig, 'default');
});
test.afterAll(() => rig.close());

const profiles = () => {
  const { b, c } = rig.aws.accounts;
  const role = (name: string, ...lines: string[]) => ['', `[profile ${name}]`, ...lines, ''].join('\n');
  return [
    role('deploy', `role_arn = ${b.deployRoleArn}`, 'source_profile = default'),
    role('audit', `role_arn = ${c.auditRoleArn}`, 'source_profile = deploy', 'role_session_name = nightly-audit'),
    role('partner', `role_arn = ${b.partnerRoleArn}`, 'source_profile = default', `external_id = ${b.partnerExternalId}`),
    role('wrong-partner', `role_arn = ${b.partnerRoleArn}`, 'source_profile = default', 'external_id = another'),
    role('long', `role_arn = ${b.deployRoleArn}`, 'source_profile = default', 'duration_seconds = 14400'),
    role('tagged', `role_arn = ${b.deployRoleArn}`, 'source_profile = default', 'session_tags = Team=platform,Cost=42', 'transitive_session_tags = Team'),
    role('looping', `role_arn = ${b.deployRoleArn}`, 'source_profile = back'),
    role('back', `role_arn = ${b.deployRoleArn}`, 'source_profile = looping'),
    role('orphan', `role_arn = ${b.deployRoleArn}`, 'source_profile = gone'),
    role('sourceless', `role_arn = ${b.deployRoleArn}`),
    role('keyless', `role_arn = ${b.deployRoleArn}`, 'source_profile = empty'),
    role('empty', 'region = eu-west-1'),
    role('too-long', `role_arn = ${b.deployRoleArn}`, 'source_profile = default', 'duration_seconds = a day'),
    role('no-arn', 'role_arn = deploy', 'source_profile = default'),
    role('instance', `role_arn = ${b.deployRoleArn}`, 'credential_source = Environment'),
    // AWS's tools disagree about a profile like this, so it is refused before any page opens.
    role(
      'two-ways',
      'sso_start_url = https://example.awsapps.com/start',
      'sso_account_id = 111111111111',
      'sso_role_name = Admin',
      'sso_region = eu-west-1',
      'credential_process = another-tool',
    ),
    role('web', `role_arn = ${b.deployRoleArn}`, 'web_identity_token_file = /nonexistent/token'),
    role('other-tool', 'credential_process = another-tool | tail -1'),
  ].join('');
};

/** What `credential-process` prints for the profile, without a prompt. */
async function credentials(profile: string): Promise<{ readonly AccountId: string; readonly AccessKeyId: string }> {
  const { stdout, stderr, exitCode } = await runStsTray(rig, ['credential-process', profile]);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as { AccountId: string; AccessKeyId: string };
}

async function status(profile: string): Promise<SessionStatus | undefined> {
  const { stdout } = await runStsTray(rig, ['status', '--json']);
  return (JSON.parse(stdout) as SessionStatus[]).find((session) => session.profile === profile);
}

const callsOf = (action: string) => rig.aws.calls.filter((call) => call.action === action);

test('a role, a chain of two, and one with an external ID are assumed without a prompt while the session of their user lives', async () => {
  expect(await credentials('deploy')).toMatchObject({ AccountId: '222222222222' });
  expect(await credentials('audit')).toMatchObject({ AccountId: '333333333333' });
  expect(await credentials('partner')).toMatchObject({ AccountId: '222222222222' });
  expect((await status('audit'))?.arn).toBe('arn:aws:sts::333333333333:assumed-role/audit/nightly-audit');
  expect((await status('deploy'))?.arn).toBe('arn:aws:sts::222222222222:assumed-role/deploy/alice');
  expect(app.openViews()).not.toContain('mfa');
});

test('session tags reach AWS', async () => {
  await credentials('tagged');
  const sent = JSON.stringify(callsOf('AssumeRole').at(-1));
  for (const part of ['Team', 'platform', 'Cost', '42']) expect(sent).toContain(part);
});

test('a role session is renewed by itself, and says so in the panel', async () => {
  await runStsTray(rig, ['logout', 'deploy']);
  rig.aws.sessionLifetimeOverrideSeconds = 5;
  const first = await credentials('deploy');
  rig.aws.sessionLifetimeOverrideSeconds = null;
  await timePasses(5500);
  const second = await credentials('deploy');
  expect(second.AccessKeyId).not.toBe(first.AccessKeyId);

  await app.openPanel();
  const card = (await app.window('panel')).getByRole('article', { name: 'deploy', exact: true });
  await expect(card).toContainText('222222222222');
  await expect(card).toContainText('Renews automatically until');
  await card.getByRole('button', { name: 'More actions' }).click();
  await expect((await app.window('panel')).getByRole('menuitem', { name: 'End session' })).toBeVisible();
  await expect((await app.window('panel')).getByRole('menuitem', { name: 'Renew' })).toHaveCount(0);
  await (await app.window('panel')).keyboard.press('Escape');
});

test('a role session longer than an hour is offered straight from the access key, and the prompt says why', async () => {
  await app.openPanel();
  const card = (await app.window('panel')).getByRole('article', { name: 'long', exact: true });
  await card.getByRole('button', { name: 'Start 4 h session' }).click();
  const mfa = await app.window('mfa');
  await expect(mfa.getByRole('heading', { name: 'Start role session' })).toBeVisible();
  await expect(mfa.getByRole('main')).toContainText('With your code for default');
  await rig.submitCode(mfa);
  await expect(card.getByRole('timer')).toHaveText(/4\s?h/);
  expect((await status('long'))?.accountId).toBe('222222222222');
  await endInPanel(await app.window('panel'), 'long');
  expect(await status('default')).toBeDefined();
});

const refusals: readonly (readonly [profile: string, sentence: string])[] = [
  ['nobody', 'There is no profile nobody in CONFIG. Check the name: the panel shows those that there are.'],
  ['orphan', 'Role profile orphan has gone as its source, and there is no such profile. Correct source_profile below [profile orphan].'],
  [
    'sourceless',
    'Role profile sourceless names no source_profile. Add source_profile = NAME below [profile sourceless], with the profile that has the access key.',
  ],
  ['keyless', 'Role profile keyless ends at empty, which has no access key. Add one with “aws configure --profile empty”, or correct source_profile.'],
  [
    'too-long',
    'Role profile too-long has duration_seconds = a day, and AWS takes whole numbers from 900 to 43200. Correct duration_seconds below [profile too-long].',
  ],
  [
    'no-arn',
    'The role_arn of role profile no-arn isn’t a valid role ARN. Copy it again from the IAM console; it looks like arn:aws:iam::123456789012:role/NAME.',
  ],
  [
    'instance',
    'Profile instance takes its credentials from environment variables (credential_source = Environment). Those are the variables of whoever asks, and this app sees only its own. Use source_profile in place of it; for keys that you only have in variables, store them with “aws configure set … --profile NAME” and name that profile.',
  ],
  [
    'two-ways',
    'Profile two-ways has the settings of an access portal and a credential_process: AWS’s tools do not agree which of them counts. Take one of the two out of the AWS config file.',
  ],
  [
    'web',
    'The web identity token of profile web cannot be read from /nonexistent/token (ENOENT). Have the program that writes it run, or correct web_identity_token_file.',
  ],
  [
    'other-tool',
    'The command has |, which only a shell understands, and STS Tray starts commands without one. Put what it does into a script of its own, and name that. To mean the character itself, put it between single quotes.',
  ],
  ['empty', 'Profile empty has neither an access key nor a role. Add an access key with “aws configure --profile empty”.'],
];

for (const [profile, sentence] of refusals) {
  test(`profile ${profile} is refused in two sentences`, async () => {
    const { exitCode, stderr, stdout } = await runStsTray(rig, ['credential-process', profile]);
    expect(stderr.trimEnd()).toBe(`sts-tray: ${sentence.replace('CONFIG', rig.awsFiles.config)}`);
    expect(stdout).toBe('');
    expect(exitCode).toBe(1);
  });
}

test('a loop of role profiles is told with its names', async () => {
  const { stderr, exitCode } = await runStsTray(rig, ['credential-process', 'looping']);
  expect(stderr).toContain(
    'The source_profile of role profile looping forms a loop: looping → back → looping. Point one source_profile of them to a profile with an access key.',
  );
  expect(exitCode).toBe(1);
});

test('a role that AWS refuses is told with who was refused, by the command line and in the panel', async () => {
  const refused = `AWS does not let ${rig.aws.alice.arn} assume ${rig.aws.accounts.b.partnerRoleArn}.`;
  const { stderr, exitCode } = await runStsTray(rig, ['credential-process', 'wrong-partner']);
  expect(stderr).toContain(
    `${refused} Check the role’s name, whether its trust policy names this user or account, and its external ID; AWS does not say which it is.`,
  );
  expect(exitCode).toBe(1);

  await app.openPanel();
  const card = (await app.window('panel')).getByRole('article', { name: 'wrong-partner', exact: true });
  const start = card.getByRole('button', { name: 'Start session' });
  await start.click();
  await expect(card.getByRole('alert')).toContainText(refused);
  // In the row whose button was pressed, which keeps the focus, and in view.
  await expect(start).toBeFocused();
  await expect(card.getByRole('alert')).toBeInViewport({ ratio: 1 });
});

test('mistakes of the files are in the panel too, and profiles of other kinds are no mistakes', async () => {
  await app.openPanel();
  const problems = (await app.window('panel')).getByRole('region', { name: 'AWS files' });
  await expect(problems).toContainText('Role profile orphan has gone as its source');
  await expect(problems).toContainText('forms a loop');
  await expect(problems).toContainText('Profile two-ways has the settings of an access portal and a credential_process');
  await expect(problems).not.toContainText('other-tool');
});

test('a role profile that is changed to another role hands out nothing of the old one', async () => {
  expect((await credentials('deploy')).AccountId).toBe('222222222222');
  const { config } = rig.awsFiles;
  const text = await readFile(config, 'utf8');
  const { b, c } = rig.aws.accounts;
  await writeFile(config, text.replace(`[profile deploy]\nrole_arn = ${b.deployRoleArn}`, `[profile deploy]\nrole_arn = ${c.deployRoleArn}`));
  await expect.poll(() => status('deploy')).toBeUndefined();
  expect((await credentials('deploy')).AccountId).toBe('333333333333');
  await writeFile(config, text);
});
