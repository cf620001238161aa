import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { RunningApp } from '../../testing/app/running-app.ts';
import { alternate } from '../instruments/alternate.ts';
import { launcher, launcherArgs, login, runOnce } from '../instruments/command-line.ts';
import { rowOf, type Row } from '../report/row.ts';
import { spreadOf } from '../report/statistics.ts';
import { closeApp, stsTray, type TrayStarter } from '../instruments/tray-app.ts';

const many = 5_000;
const few = 10;
const settledMs = 3_000;

/** What thousands of profiles cost, beside a few: until the panel shows its list, and for each `exec`. */
export async function manyProfilesRows(rig: AppRig, starter: TrayStarter, { starts = 14, rounds = 6 } = {}): Promise<readonly Row[]> {
  const listed = await alternate(starts, { ours: () => untilListed(rig, many), reference: () => untilListed(rig, few) });
  await configure(rig, few);
  const app = await starter.start(stsTray(rig.dataFolder));
  try {
    await login(rig, 'default');
    const executed = await alternate(rounds, { ours: () => execOf(rig, many), reference: () => execOf(rig, few) });
    return [
      rowOf({
        what: `panel with its list, ${many} profiles: what they add`,
        unit: 'ms',
        ours: listed.ours.map((value, index) => value - (listed.reference[index] ?? Number.NaN)),
        budget: { kind: 'value', max: 150 },
      }),
      rowOf({
        what: `\`exec\` of \`true\`, ${many} profiles`,
        unit: 'ms',
        ours: executed.ours,
        reference: { what: `the same with ${few}`, values: executed.reference },
        budget: { kind: 'ratio', max: 1.1 },
      }),
    ];
  } finally {
    await closeApp(app);
  }
}

/**
 * From spawn until the row of a profile can be seen. Each side has a data folder of its own: in one for both, the start
 * with few would read the colours of the accounts of many.
 */
export async function untilListed(rig: AppRig, count: number): Promise<number> {
  await configure(rig, count);
  const begin = performance.now();
  const app = await RunningApp.start(rig.desktop, { dataFolder: `${rig.dataFolder}-${count}`, env: rig.env, args: [] });
  try {
    const panel = await app.window('panel');
    await panel.getByRole('article', { name: 'team-0', exact: true }).waitFor({ state: 'visible' });
    return performance.now() - begin;
  } finally {
    await app.close();
  }
}

/** From spawn to the end, the median of several, once the app knows the files as they are. */
async function execOf(rig: AppRig, count: number): Promise<number> {
  const run = async (): Promise<number> => {
    const begin = performance.now();
    const { exitCode, stderr } = await runOnce(rig, launcher, launcherArgs(rig, 'exec', 'default', '--', 'true'));
    if (exitCode !== 0) throw new Error(`exec ended with ${exitCode}: ${stderr.trim()}`);
    return performance.now() - begin;
  };
  await configure(rig, count);
  await run();
  const took: number[] = [];
  for (let time = 0; time < 5; time += 1) took.push(await run());
  return spreadOf(took).median;
}

/**
 * A config file of so many roles, which lead to `default`, as it is after a while: one that was just written could change
 * once more without a mark of it, so it is read anew each time at first.
 */
async function configure(rig: AppRig, count: number): Promise<void> {
  const profiles = Array.from(
    { length: count },
    (_none, index) =>
      `[profile team-${index}]\nrole_arn = arn:aws:iam::${400_000_000_000 + index}:role/Operator\nsource_profile = default\nregion = us-east-1\n`,
  );
  await writeFile(rig.awsFiles.config, `[default]\nregion = us-east-1\n\n${profiles.join('\n')}`);
  await setTimeout(settledMs);
}
