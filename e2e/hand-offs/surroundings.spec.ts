import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { quotePosix } from '../../src-main/core/hand-offs/exports.ts';
import { staleVariables } from '../../src-main/core/hand-offs/stale-variables.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { endSessions, login } from '../../testing/app/sessions.ts';
import { launcher, runStsTray, startStsTray } from '../../testing/app/sts-tray.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { runProgram } from '../../testing/processes/run-program.ts';

// What a command finds around it: in the caller's own environment with exports, and under `exec`.

test.describe.configure({ mode: 'serial' });

const missing = [...['aws', 'curl'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  const { b, c } = rig.aws.accounts;
  const role = (name: string, arn: string, ...settings: string[]) =>
    [`\n[profile ${name}]`, `role_arn = ${arn}`, 'source_profile = default', ...settings, ''].join('\n');
  await rig.configureAws({ config: role('deploy', b.deployRoleArn, 'region = eu-central-1') + role('audit', c.deployRoleArn) });
  app = await rig.startApp();
  await login(rig, 'default');
});
test.afterAll(() => rig.close());

/** Prints the account that the AWS CLI reaches, the region that it takes, and all that is in its environment. */
const look =
  'aws --region us-east-1 sts get-caller-identity --query Account --output text && { aws configure list | sed -n "s/^ *region *\\([^ ]*\\) .*/\\1/p"; printf "%s\\n" "AWS_REGION=${AWS_REGION-}"; env -0; }';

type Seen = { readonly account: string; readonly region: string; readonly forOthers: string; readonly environment: readonly string[] };

/** What hand-offs have to do with, and what a shell counts. */
const handed = new RegExp(
  `^(${[...staleVariables, 'AWS_(DEFAULT_)?REGION', 'AWS_(CONFIG|SHARED_CREDENTIALS)_FILE', 'AWS_SDK_LOAD_CONFIG'].join('|')}|STS_TRAY_\\w+|_|SHLVL|PWD|OLDPWD)=`,
);
/** What the relay and the guard of `exec` set as well. */
const guarding = /^(AWS_ENDPOINT_URL_STS|(TF_)?AWS_STS_ENDPOINT|AWS_IGNORE_CONFIGURED_ENDPOINT_URLS|PATH)=/;

function seen(stdout: string): Seen {
  const [account = '', region = '', forOthers = '', ...rest] = stdout.split('\n');
  const environment = rest
    .join('\n')
    .split('\0')
    .filter((variable) => variable !== '' && !handed.test(variable) && !guarding.test(variable));
  return { account, region, forOthers, environment: environment.toSorted() };
}

async function inShell(text: string, env: Record<string, string>): Promise<Seen> {
  const { stdout, stderr } = await runProgram('bash', ['-c', text], { env: { ...rig.env, ...env } });
  expect(stderr).toBe('');
  return seen(stdout);
}

const exported = (profile: string, ...before: string[]) =>
  [...before, `eval "$(${[...launcher(rig), 'export', profile].map(quotePosix).join(' ')})"`, look].join('; ');

async function underExec(profile: string, env: Record<string, string>, ...options: string[]): Promise<Seen> {
  const { stdout, stderr } = await runStsTray(rig, ['exec', profile, ...options, '--', 'bash', '-c', look], { env });
  expect(stderr).toBe('');
  return seen(stdout);
}

const environments: readonly (readonly [what: string, env: Record<string, string>])[] = [
  ['nothing of its own', {}],
  ['a region that newer SDKs read', { AWS_REGION: 'us-west-2' }],
  ['a region that every SDK reads', { AWS_DEFAULT_REGION: 'us-west-2' }],
  ['a region under each name', { AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-west-1' }],
  [
    'credentials, a profile and a session name of another hand',
    { AWS_PROFILE: 'audit', AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'other', AWS_ROLE_SESSION_NAME: 'x' },
  ],
  ['values that a shell could take apart', { TEXT: ` a'b"c$(id)\`id\`\\ \n#!*~ 日本 `, EMPTY: '', LC_ALL: 'C.UTF-8', IFS: 'x', CDPATH: '/', OPTIND: '7' }],
];

for (const [what, env] of environments) {
  test(`a command finds the account, the region and the rest as in its caller's own environment with ${what}`, async () => {
    // By the long-term key, which the role takes here, so that there is somebody to compare with.
    const others = Object.fromEntries(Object.entries(env).filter(([name]) => !staleVariables.includes(name)));
    const own = await inShell(look, { ...others, AWS_PROFILE: 'deploy' });
    expect(own.account).toBe('222222222222');
    const isOwn = env['AWS_REGION'] !== undefined || env['AWS_DEFAULT_REGION'] !== undefined;
    for (const result of [await inShell(exported('deploy'), env), await underExec('deploy', env), await underExec('deploy', env, '--static')]) {
      expect(result).toEqual({ ...own, forOthers: isOwn ? own.forOthers : 'AWS_REGION=eu-central-1' });
    }
  });
}

test("a command finds no region where neither its caller nor the profile has one, though the config file's [default] does", async () => {
  const own = await inShell(look, { AWS_PROFILE: 'audit' });
  expect(own).toMatchObject({ account: '333333333333', region: '<not', forOthers: 'AWS_REGION=' });
  expect(await underExec('audit', {})).toEqual(own);
});

test('exports of one profile after those of another leave neither account nor region of the first behind', async () => {
  const before = exported('deploy').slice(0, -look.length);
  const after = await inShell(`${before}${exported('audit')}`, {});
  expect(after).toMatchObject({ account: '333333333333', forOthers: 'AWS_REGION=' });
});

test('exports reach the shell without the quotes that eval should have, as many people type it', async () => {
  const text = exported('deploy').replace('eval "$(', 'eval $(').replace(')"; aws', '); aws');
  expect(text).toContain('eval $(');
  expect(await inShell(text, { AWS_PROFILE: 'audit', AWS_SESSION_TOKEN: 'other' })).toMatchObject({ account: '222222222222', region: 'eu-central-1' });
});

for (const options of ['--require /nowhere.js', '--inspect', '--openssl-legacy-provider']) {
  test(`the command line works under NODE_OPTIONS="${options}", which reaches the command of exec unchanged`, async () => {
    const env = { NODE_OPTIONS: options, NODE_DEBUG: 'net', NODE_EXTRA_CA_CERTS: '/nowhere', NODE_TLS_REJECT_UNAUTHORIZED: '0', ELECTRON_ENABLE_LOGGING: '1' };
    const names = Object.keys(env);
    const shown = await runStsTray(rig, ['exec', 'default', '--', 'printenv', ...names], { env });
    expect(shown).toEqual({ exitCode: 0, stdout: `${Object.values(env).join('\n')}\n`, stderr: '' });
  });
}

test('names that a shell cannot hold reach the command of exec, and bash has the functions of its caller', async () => {
  const env = { 'TF_VAR_db-name': `it's "a"\n$(id)`, 'my.dotted': 'x', 'BASH_FUNC_hello%%': '() {  echo "hello $1"\n}' };
  const shown = await runStsTray(rig, ['exec', 'default', '--', 'bash', '-c', 'hello you; env -0'], { env });
  expect(shown.stderr).toBe('');
  const [greeting = '', ...rest] = shown.stdout.split('\n');
  expect(greeting).toBe('hello you');
  const variables = rest.join('\n').split('\0');
  expect(variables).toEqual(expect.arrayContaining([`TF_VAR_db-name=${env['TF_VAR_db-name']}`, 'my.dotted=x', 'AWS_PROFILE=default']));
});

test('a folder that was deleted is named as the cause, by every command', async () => {
  const gone = join(rig.home, 'gone');
  const text = `mkdir ${quotePosix(gone)} && cd ${quotePosix(gone)} && rmdir ${quotePosix(gone)} && ${launcher(rig).map(quotePosix).join(' ')} "$@"`;
  for (const words of [['status'], ['export', 'deploy'], ['exec', 'deploy', '--', 'true']]) {
    const ran = await runProgram('bash', ['-c', text, 'bash', ...words], { env: rig.env });
    expect(ran).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ran.stderr).toContain('sts-tray: The folder that this shell is in is gone.');
  }
});

for (const command of [
  ['export', 'default'],
  ['exec', 'default', '--', 'true'],
  ['credential-process', 'default'],
]) {
  test(`a prompt goes when the only program that waited for its code is interrupted by Ctrl-C: ${command[0]}`, async () => {
    await endSessions(rig);
    const program = startStsTray(rig, command);
    await app.window('mfa');
    program.interrupt();
    await program.ended;
    await expect.poll(() => app.openViews()).not.toContain('mfa');
  });
}

for (const command of [
  ['export', 'default'],
  ['exec', 'default', '--', 'true'],
  ['credential-process', 'default'],
]) {
  test(`a prompt goes when the only program that waited for its code gets SIGTERM, and nothing else of its group does: ${command[0]}`, async () => {
    await endSessions(rig);
    const program = startStsTray(rig, command);
    await app.window('mfa');
    process.kill(program.pid, 'SIGTERM');
    await expect.poll(() => app.openViews()).not.toContain('mfa');
    await program.ended;
  });
}

for (const words of [['configure', '--profile', 'new'], ['configure']]) {
  test(`an access key that is given to “aws ${words.join(' ')}” under exec is refused by a name that says where it has to run, and the session still counts`, async () => {
    await login(rig, 'default');
    const typed = `printf 'AKIAIOSFODNN7EXAMPLE\\nsecret\\n\\n\\n' | aws ${words.join(' ')}; echo "status $?"; aws sts get-caller-identity --query Account --output text`;
    const { stdout, stderr } = await runStsTray(rig, ['exec', 'default', '--', 'bash', '-c', typed]);
    expect(stdout).toContain('status 255\n111111111111\n');
    expect(stderr).toContain('aws-configure-has-to-run-outside-of-STS-Tray');
  });
}
