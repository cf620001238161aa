import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, vi } from 'vitest';
import { clientEnv } from '../../../testing/aws/clients/client-env.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { findProgram } from '../../../testing/processes/find-program.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { serveBroker } from '../../../testing/rigs/served-broker.ts';
import { runCommandLine } from '../../cli/run-command-line.ts';

const cli = findProgram('aws');
// Python takes its time to start.
vi.setConfig({ testTimeout: 180_000 });

/** The command line, at the local API of a broker whose session is started. */
const it = withBroker().extend('sts', async ({ rig }, { onCleanup }) => {
  await rig.startSession();
  const { folder, dispose } = await serveBroker(rig);
  onCleanup(dispose);
  return { folder, run: (args: readonly string[], env: NodeJS.ProcessEnv = {}) => commandLine(rig, folder, args, env) };
});

async function commandLine(rig: BrokerRig, folder: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  let said = '';
  const { config, credentials } = rig.store.state.files;
  const ofApp = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
  const code = await runCommandLine({
    args: [`--user-data-dir=${folder}`, ...args],
    env: { ...clientEnv(rig.aws, rig.aws.alice), ...ofApp, HOME: folder, ...env },
    platform: process.platform,
    homedir: folder,
    runtimeFolder: null,
    cwd: folder,
    parentPid: process.pid,
    version: '1.2.3',
    dataFolder: folder,
    app: { executable: join(folder, 'no app'), args: [] },
    print: (text) => (said += text),
    printError: (text) => (said += text),
    isTerminal: { stdout: false, stderr: false },
    interactive: false,
    readLine: () => '',
    host: null,
  });
  return { code, said };
}

/** A script, as `make` would start it, that leaves what a program said in the file `$0`. */
const assuming = 'aws sts assume-role --role-arn "$1" --role-session-name alice --output text --query AssumedRoleUser.Arn >"$0" 2>&1';

describe.skipIf(process.platform === 'win32')('sts-tray exec, with the relay', () => {
  it('whatever exec starts is watched over: a script reaches the account that is meant, and no other', async ({ rig, sts, skip }) => {
    skip(cli === null, 'the aws CLI is not installed');
    const out = () => readFile(join(sts.folder, 'out'), 'utf8');
    const { b, c } = rig.aws.accounts;
    const exec = (roleArn: string, ...options: readonly string[]) =>
      sts.run(['exec', 'default', '--static', ...options, '--', 'sh', '-c', assuming, join(sts.folder, 'out'), roleArn]);

    expect(await exec(b.deployRoleArn, '--account', '222222222222')).toEqual({
      code: 0,
      said: 'sts-tray: default is in account 111111111111, and this run is for 222222222222: it can assume roles there, and do nothing in 111111111111 itself.\n',
    });
    expect(await out()).toContain('arn:aws:sts::222222222222:assumed-role/deploy/alice');
    expect((await exec(c.deployRoleArn, '--account', '222222222222')).code).not.toBe(0);
    expect(await out()).toContain('it is meant for 222222222222; STS Tray refused it');

    const asking = exec(b.deployRoleArn);
    const { questionId, ...question } = await eventually(() => rig.store.state.question ?? Promise.reject(new Error('nothing is asked')));
    expect(question).toMatchObject({ kind: 'account', program: 'sh', folder: sts.folder });
    rig.broker.commands.answerQuestion({ questionId, permission: 'refuse' });
    expect((await asking).code).not.toBe(0);
    expect(await out()).toContain('Account 222222222222 was refused for this run');
    await writeFile(join(sts.folder, 'main.tf'), 'provider "aws" {\n  allowed_account_ids = ["222222222222"]\n}\nresource "aws_sqs_queue" "a" {}\n');
    expect((await exec(b.deployRoleArn)).code).toBe(0);
    expect((await exec(c.deployRoleArn)).code).not.toBe(0);
    expect((await exec(c.deployRoleArn, '--no-guard')).code).toBe(0);
    expect(rig.bugs).toEqual([]);
  });

  it('a run for another account than the session’s gets a key that AWS does not know, so it can do nothing with it but assume roles', async ({
    rig,
    sts,
    skip,
  }) => {
    skip(cli === null, 'the aws CLI is not installed');
    const out = () => readFile(join(sts.folder, 'out'), 'utf8');
    const listing = 'aws iam list-users >"$0" 2>&1; aws sts get-caller-identity --output text --query Account >>"$0" 2>&1';
    const exec = (...options: readonly string[]) => sts.run(['exec', 'default', ...options, '--', 'sh', '-c', listing, join(sts.folder, 'out')]);
    await exec('--account', '222222222222');
    expect(await out()).toContain('InvalidClientTokenId');
    expect(await out()).toMatch(/\n111111111111\n$/);
    await exec('--static', '--account', '111111111111,222222222222');
    expect(await out()).not.toContain('InvalidClientTokenId');
    expect(rig.bugs).toEqual([]);
  });

  it('a role that no file says is decided at run time, if the relay is there to decide', async ({ sts }) => {
    await writeFile(
      join(sts.folder, 'main.tf'),
      `provider "aws" {\n  assume_role {\n    role_arn = data.terraform_remote_state.roles.outputs.role\n  }\n}
data "aws_caller_identity" "current" {}
check "account" {\n  assert {\n    condition = data.aws_caller_identity.current.account_id == "222222222222"\n    error_message = "Wrong."\n  }\n}\n`,
    );
    expect(await sts.run(['check', 'default', sts.folder])).toMatchObject({ code: 0, said: expect.stringContaining('decided at run time') });
    expect((await sts.run(['check', 'default', sts.folder], { STS_TRAY_RELAY: 'off' })).code).toBe(3);
  });

  it('when the app quits in the middle of a run, exec says so at its end', async ({ rig, sts }) => {
    const running = sts.run([
      'exec',
      'default',
      '--static',
      '--account',
      '222222222222',
      '--',
      'sh',
      '-c',
      'touch "$0"; sleep 2; exit 5',
      join(sts.folder, 'up'),
    ]);
    await vi.waitFor(() => access(join(sts.folder, 'up')), { timeout: 10_000 });
    await rig.broker.relay.dispose();
    expect(await running).toEqual({ code: 5, said: expect.stringContaining('STS Tray ended before the command did') });
  });
});
