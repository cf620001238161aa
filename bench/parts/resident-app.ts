import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { electronExecutable } from '../../testing/app/running-app.ts';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { poll } from '../../testing/processes/deadline.ts';
import { alternate } from '../instruments/alternate.ts';
import { login } from '../instruments/command-line.ts';
import { cpuMsBetween, processTree, pssOf, threadTimes, type ThreadTimes } from '../instruments/process-tree.ts';
import { rowOf, type Row } from '../report/row.ts';
import { closeApp, emptyApp, emptyAppName, settle, stsTray, TrayStarter, type App, type StartedApp } from '../instruments/tray-app.ts';

/** How long after its start an app that nobody touches has done what it left for later. */
const IDLE_AFTER_MS = 20_000;
const MEGABYTE = 1_000_000;

type Apps = { readonly ours: App; readonly reference: App };

function appsIn(rig: AppRig): Apps {
  return { ours: stsTray(rig.dataFolder), reference: emptyApp(`${rig.dataFolder}-empty`) };
}

/** From spawn to the moment when the desktop's panel knows the icon, and to the one when programs can ask. */
export async function startRows(rig: AppRig, starter: TrayStarter, { count = 20 } = {}): Promise<readonly Row[]> {
  const { ours, reference } = appsIn(rig);
  const socket = join(rig.dataFolder, 'run', 'api.sock');
  const answering: number[] = [];
  const start = async (app: App): Promise<number> => {
    const started = await starter.start(app);
    if (app === ours) answering.push((await poll(20_000, 'the local API was not opened', async () => momentOf(socket))) - started.spawnedAt);
    // Work that goes on after the icon has appeared would slow down the next start.
    await settle();
    await closeApp(started);
    return started.startMs;
  };
  const series = await alternate(count, { ours: () => start(ours), reference: () => start(reference) });
  return [
    rowOf({
      what: 'start to tray ready',
      unit: 'ms',
      ours: series.ours,
      reference: { what: emptyAppName, values: series.reference },
      budget: { kind: 'ratio', max: 1.15 },
      whyMissed: 'Before it makes its icon, the app looks for another one that runs already, and protects its windows; the empty app does none of it.',
    }),
    rowOf({ what: 'start to programs answered', unit: 'ms', ours: answering, budget: { kind: 'information' } }),
  ];
}

function momentOf(socket: string): number | undefined {
  return existsSync(socket) ? performance.now() : undefined;
}

/**
 * PSS counts half of a page that two programs share. So one app runs after the other, each on a copy of the
 * runtime, whose pages no other Electron program of this machine shares.
 */
export async function memoryRow(rig: AppRig, { count = 3 } = {}): Promise<Row> {
  const { ours, reference } = appsIn(rig);
  const runtime = join(rig.home, 'runtime');
  await cp(dirname(electronExecutable()), runtime, { recursive: true });
  const starter = await TrayStarter.open(rig, join(runtime, basename(electronExecutable())));
  const processes = new Map<App, number>();
  const measure = async (app: App): Promise<number> => {
    const started = await starter.start(app);
    await delay(IDLE_AFTER_MS);
    const tree = processTree(started.process.pid);
    processes.set(app, tree.length);
    const memory = pssOf(tree) / MEGABYTE;
    await closeApp(started);
    return memory;
  };
  const values: { ours: number[]; reference: number[] } = { ours: [], reference: [] };
  try {
    for (let round = 0; round < count; round += 1) {
      values.ours.push(await measure(ours));
      values.reference.push(await measure(reference));
    }
  } finally {
    starter.close();
  }
  return rowOf({
    what: 'idle memory, no window',
    unit: 'MB',
    ours: values.ours,
    reference: { what: emptyAppName, values: values.reference },
    budget: { kind: 'ratio', max: 1.05 },
    whyMissed: "The difference is the main process: the app's code, the libraries that it loads and the windows' session.",
    note: `PSS of ${processes.get(ours)} processes, the empty app's of ${processes.get(reference)}, 20 s after the start.`,
  });
}

/** Both apps at the same time, which is fair because they are idle: neither takes time from the other. */
export async function idleCpuRow(rig: AppRig, starter: TrayStarter, { seconds = 60 } = {}): Promise<Row> {
  const { ours, reference } = appsIn(rig);
  const started: StartedApp[] = [];
  try {
    for (const app of [ours, reference]) started.push(await starter.start(app));
    await login(rig, 'default');
    // V8 tidies up for half a minute after a login, which is not what an app costs at other times.
    await delay(2 * IDLE_AFTER_MS);
    const [ourShare = Number.NaN, referenceShare = Number.NaN] = await cpuShares(started, seconds);
    return rowOf({
      what: `idle CPU, one active session, ${seconds} s`,
      unit: '%',
      ours: [ourShare],
      reference: { what: emptyAppName, values: [referenceShare] },
      budget: { kind: 'value', max: 0.05 },
    });
  } finally {
    for (const app of started) await closeApp(app);
  }
}

/** How much each app used in the next `seconds`, in percent of one processor. */
async function cpuShares(apps: readonly StartedApp[], seconds: number): Promise<readonly number[]> {
  const begin = performance.now();
  let before = apps.map(threadTimesOf);
  const used = apps.map(() => 0);
  for (let second = 0; second < seconds; second += 1) {
    await delay(1000);
    const after = apps.map(threadTimesOf);
    for (const [app, times] of after.entries()) used[app] = (used[app] ?? 0) + cpuMsBetween(before[app] ?? times, times);
    before = after;
  }
  const elapsed = performance.now() - begin;
  return used.map((ms) => (ms / elapsed) * 100);
}

function threadTimesOf({ process: { pid } }: StartedApp): ThreadTimes {
  return threadTimes(processTree(pid));
}
