import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { clientEnv } from '../../testing/aws/clients/client-env.ts';
import { startBaseSession } from '../../testing/aws/clients/sdk-session.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { writeCliConfig } from '../../testing/terraform/cli-config.ts';
import { alternate } from '../instruments/alternate.ts';
import { launcher, launcherArgs, login } from '../instruments/command-line.ts';
import { rowOf, type Budget, type Row } from '../report/row.ts';
import { closeApp, stsTray, type TrayStarter } from '../instruments/tray-app.ts';

const plans = 10;
const calls = 100;
/** A plan of forty takes half a minute. */
const manyPlans = 2;
const Series = z.object({ ours: z.array(z.number()), reference: z.array(z.number()) });

/** What the account relay costs a run, and what it saves where STS is far. */
export async function relayRows(rig: AppRig, starter: TrayStarter): Promise<readonly Row[]> {
  if (findProgram('terraform') === null) throw new Error('Terraform is not installed');
  const app = await starter.start(stsTray(rig.dataFolder));
  try {
    await login(rig, 'default');
    const project = await projectOf(rig, 10);
    return [
      await callRow(rig),
      ...(await planRows(rig, project, { budget: { kind: 'ratio', max: 0.97 }, delayMs: 200, count: plans })),
      ...(await planRows(rig, project, { budget: { kind: 'ratio', max: 0.8 }, delayMs: 1000, count: plans })),
    ];
  } finally {
    await closeApp(app);
  }
}

/** The same of a project with forty providers. */
export async function manyProvidersRows(rig: AppRig, starter: TrayStarter): Promise<readonly Row[]> {
  if (findProgram('terraform') === null) throw new Error('Terraform is not installed');
  const app = await starter.start(stsTray(rig.dataFolder));
  try {
    await login(rig, 'default');
    return await planRows(rig, await projectOf(rig, 40), { budget: { kind: 'information' }, delayMs: 200, count: manyPlans });
  } finally {
    await closeApp(app);
  }
}

type Project = { readonly folder: string; readonly aliases: number };

async function projectOf(rig: AppRig, aliases: number): Promise<Project> {
  const folder = join(rig.home, `aliases-${aliases}`);
  await mkdir(folder);
  await writeFile(join(folder, 'main.tf'), providersOf(rig.aws.accounts.b.deployRoleArn, aliases));
  return { folder, aliases };
}

/** So many configurations of one role, each of which is used. */
function providersOf(roleArn: string, aliases: number): string {
  const each = Array.from({ length: aliases }, (_none, index) => {
    const alias = `a${index}`;
    const block = `provider "aws" {\n  alias               = "${alias}"\n  region              = "us-east-1"\n  allowed_account_ids = ["222222222222"]\n  assume_role {\n    role_arn = "${roleArn}"\n  }\n}\n`;
    return `${block}data "aws_caller_identity" "${alias}" {\n  provider = aws.${alias}\n}\n`;
  });
  return `terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n${each.join('')}`;
}

/** One call that no earlier one answers, made in turn at the relay and at STS. */
async function callRow(rig: AppRig): Promise<Row> {
  const script = [process.execPath, join(import.meta.dirname, '../programs', 'sts-calls.mjs'), `${calls}`];
  const env = { ...rig.env, STS_TRAY_RELAY: 'every-call' };
  const { exitCode, stdout, stderr } = await runProgram(
    launcher,
    launcherArgs(rig, 'exec', 'default', '--static', '--account', '111111111111', '--', ...script),
    {
      env,
      cwd: rig.home,
    },
  );
  if (exitCode !== 0) throw new Error(`The calls of STS ended with ${exitCode}: ${stderr.trim()}`);
  const { ours, reference } = Series.parse(JSON.parse(stdout));
  return rowOf({
    what: 'a call of STS through the relay: what it adds',
    unit: 'ms',
    ours: ours.map((value, index) => value - (reference[index] ?? Number.NaN)),
    budget: { kind: 'value', max: 5 },
  });
}

type Plans = { readonly budget: Budget; readonly delayMs: number; readonly count: number };

/** `terraform plan` of the aliases under `exec`, beside the same with exported credentials, at an STS that answers after `delayMs`. */
async function planRows(rig: AppRig, { folder, aliases }: Project, { budget, delayMs, count }: Plans): Promise<readonly Row[]> {
  const terraform = { ...writeCliConfig(rig.home), TF_IN_AUTOMATION: '1' };
  const exports = { ...clientEnv(rig.aws, await startBaseSession(rig.aws)), ...terraform };
  const init = await runProgram('terraform', ['init', '-no-color'], { env: exports, cwd: folder });
  if (init.exitCode !== 0) throw new Error(`terraform init ended with ${init.exitCode}: ${init.stderr.trim()}`);
  const late = () => rig.aws.faults.set('sts:*', { kind: 'delayed', milliseconds: delayMs });
  late();
  const asked: number[] = [];
  const timed = async (run: () => ReturnType<typeof runProgram>): Promise<number> => {
    const begin = performance.now();
    const { exitCode, stderr } = await run();
    if (exitCode !== 0) throw new Error(`The plan ended with ${exitCode}: ${stderr.trim()}`);
    return performance.now() - begin;
  };
  const args = launcherArgs(rig, 'exec', 'default', '--', 'terraform', 'plan', '-no-color');
  try {
    const plain = () => timed(() => runProgram('terraform', ['plan', '-no-color'], { env: exports, cwd: folder }));
    const { ours, reference, atOnce } = await alternate(count, {
      ours: async () => {
        const before = rig.aws.calls.length;
        const tookMs = await timed(() => runProgram(launcher, args, { env: { ...rig.env, ...terraform }, cwd: folder }));
        asked.push(rig.aws.calls.slice(before).filter(({ service }) => service === 'sts').length);
        return tookMs;
      },
      reference: plain,
      atOnce: async () => {
        rig.aws.faults.clear('sts:*');
        return plain().finally(late);
      },
    });
    const what = `plan of ${aliases} aliases, STS answers after ${delayMs} ms`;
    return [
      rowOf({ what, unit: 'ms', ours, reference: { what: 'plain exports', values: reference }, budget }),
      rowOf({
        what: `plan of ${aliases} aliases, plain exports, STS answers at once`,
        unit: 'ms',
        ours: atOnce,
        reference: { what: `the same after ${delayMs} ms`, values: reference },
        budget: { kind: 'information' },
        note: 'What would be left if no provider waited for STS, and nothing were done for that.',
      }),
      rowOf({ what: `${what}: STS calls`, unit: '', ours: asked, budget: { kind: 'value', max: 4 } }),
    ];
  } finally {
    rig.aws.faults.clear('sts:*');
  }
}
