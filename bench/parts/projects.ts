import { rmSync } from 'node:fs';
import { largeProjectAccounts, largeProjects } from '../../testing/terraform/large-projects.ts';
import { writeProject } from '../../testing/terraform/written-project.ts';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { launcher, launcherArgs, login, runLauncher } from '../instruments/command-line.ts';
import { rowOf, type Row } from '../report/row.ts';
import { closeApp, stsTray, type TrayStarter } from '../instruments/tray-app.ts';

const times = 3;
/** How long a check may take, in milliseconds. */
const usualMs = 3_000;
const limitsMs: Readonly<Record<string, number>> = { '20 MB of variables': 5_000 };

/** How long `sts-tray check` takes for large projects, and how often it asks STS. */
export async function projectRows(rig: AppRig, starter: TrayStarter): Promise<readonly Row[]> {
  const app = await starter.start(stsTray(rig.dataFolder));
  try {
    await login(rig, 'default');
    // AWS is not asked about an account that the app has never seen.
    for (const account of largeProjectAccounts) await runLauncher(rig, ['account', account, '--name', `account-${account.slice(0, 3)}`]);
    const rows: Row[] = [];
    for (const [name, make] of Object.entries(largeProjects)) rows.push(...(await rowsOf(rig, name, writeProject(make()))));
    return rows;
  } finally {
    await closeApp(app);
  }
}

async function rowsOf(rig: AppRig, name: string, folder: string): Promise<readonly Row[]> {
  const tookMs: number[] = [];
  const asked: number[] = [];
  try {
    for (let index = 0; index < times; index += 1) {
      const [before, begin] = [rig.aws.calls.length, performance.now()];
      const { exitCode, stderr } = await runProgram(launcher, launcherArgs(rig, 'check', 'default', folder), { env: rig.env, cwd: rig.home });
      // 3 is a verdict too.
      if (exitCode !== 0 && exitCode !== 3) throw new Error(`The check of ${name} ended with ${exitCode}: ${stderr.trim()}`);
      tookMs.push(performance.now() - begin);
      asked.push(rig.aws.calls.slice(before).filter(({ action }) => action === 'AssumeRole').length);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const roles = name.includes('2 roles') ? 2 : 1;
  return [
    rowOf({ what: `check of ${name}`, unit: 'ms', ours: tookMs, budget: { kind: 'value', max: limitsMs[name] ?? usualMs } }),
    rowOf({ what: `check of ${name}: calls of AssumeRole`, unit: '', ours: asked, budget: { kind: 'exactly', value: roles } }),
  ];
}
