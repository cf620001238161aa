import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { poll } from '../testing/processes/deadline.ts';
import type { Ran } from '../testing/processes/run-program.ts';
import type { TestBench } from '../testing/app/app-rig.ts';
import { launcher, launcherArgs, runLauncher, runOnce } from './command-line.ts';
import { PromptCount } from './prompt-count.ts';
import { rowOf, type Row } from './report.ts';
import { closeApp, stsTray, type TrayStarter } from './tray-app.ts';

const CALLERS = 200;
const ROLE_PROFILE = 'deploy';
/** As short as a session can be, for AWS counts in seconds. */
const SHORT_SESSION_SECONDS = 2;

/** What many programs at once, such as a parallel plan, cost the user and AWS. */
export async function singleFlightRows(bench: TestBench, starter: TrayStarter): Promise<readonly Row[]> {
  const { deployRoleArn } = bench.aws.accounts.b;
  await bench.configureAws({ config: `\n[profile ${ROLE_PROFILE}]\nrole_arn = ${deployRoleArn}\nsource_profile = default\n` });
  const app = await starter.start(stsTray(bench.dataFolder));
  const prompts = new PromptCount(bench.desktop, app.process.pid);
  try {
    return [...(await withoutSession(bench, prompts)), ...(await withExpiredRoleSession(bench, prompts))];
  } finally {
    await prompts.close();
    await closeApp(app);
  }
}

async function withoutSession(bench: TestBench, prompts: PromptCount): Promise<readonly Row[]> {
  await apiIsOpen(bench);
  const [callsBefore, promptsBefore] = [bench.aws.calls.length, prompts.count];
  const begin = performance.now();
  const answers = callers(bench, 'default');
  await poll(45_000, `Fewer than ${CALLERS} callers asked the app`, async () => ((await connections(bench)) >= CALLERS ? true : undefined));
  const waiting = performance.now();
  const prompt = await bench.desktop.waitForWindow(/MFA code/);
  await bench.desktop.focus(prompt);
  await bench.desktop.typeText(await bench.aws.nextTotpCode());
  const typed = performance.now();
  const ran = await answers;
  const end = performance.now();
  // A second prompt would follow the first.
  await delay(500);

  const calls = stsCalls(bench, callsBefore);
  return [
    ...countRows(`${CALLERS} callers, no session`, ran, calls, {
      prompts: prompts.count - promptsBefore,
      budget: 1,
      action: 'GetSessionToken',
      whyMissed: 'GetCallerIdentity is asked once for each prompt, which names the account while the person types.',
    }),
    rowOf({ what: `${CALLERS} callers, no session: all waiting after`, unit: 'ms', ours: [waiting - begin], budget: { kind: 'information' } }),
    rowOf({ what: `${CALLERS} callers, no session: all answered after the code`, unit: 'ms', ours: [end - typed], budget: { kind: 'information' } }),
  ];
}

async function withExpiredRoleSession(bench: TestBench, prompts: PromptCount): Promise<readonly Row[]> {
  bench.aws.sessionLifetimeOverrideSeconds = SHORT_SESSION_SECONDS;
  await runLauncher(bench, ['credential-process', ROLE_PROFILE]);
  bench.aws.sessionLifetimeOverrideSeconds = null;
  await delay((SHORT_SESSION_SECONDS + 1) * 1000);

  const [callsBefore, promptsBefore] = [bench.aws.calls.length, prompts.count];
  const begin = performance.now();
  const ran = await callers(bench, ROLE_PROFILE);
  const end = performance.now();
  await delay(500);

  const calls = stsCalls(bench, callsBefore);
  return [
    ...countRows(`${CALLERS} callers, role session expired`, ran, calls, { prompts: prompts.count - promptsBefore, budget: 0, action: 'AssumeRole' }),
    rowOf({ what: `${CALLERS} callers, role session expired: all answered after`, unit: 'ms', ours: [end - begin], budget: { kind: 'information' } }),
  ];
}

type Counted = { readonly prompts: number; readonly budget: number; readonly action: string; readonly whyMissed?: string };

function countRows(
  what: string,
  ran: readonly Ran[],
  calls: ReadonlyMap<string, number>,
  { prompts, budget, action, whyMissed = '' }: Counted,
): readonly Row[] {
  const answered = ran.filter(({ exitCode, stdout }) => exitCode === 0 && stdout !== '');
  const refused = ran.find(({ exitCode }) => exitCode !== 0);
  const count = (name: string, value: number, wanted: number, more: { readonly note?: string; readonly whyMissed?: string } = {}) =>
    rowOf({ what: `${what}: ${name}`, unit: '', ours: [value], budget: { kind: 'exactly', value: wanted }, ...more });
  const byName = [...calls].map(([name, times]) => `${times} × ${name}`).join(', ');
  const all = [...calls.values()].reduce((sum, times) => sum + times, 0);
  return [
    count('answered', answered.length, CALLERS, { whyMissed: `One that was not: ${refused?.stderr.trim() ?? 'it said nothing'}.` }),
    count('different answers', new Set(answered.map(({ stdout }) => stdout)).size, 1),
    count('prompts', prompts, budget),
    count(`calls of ${action}`, calls.get(action) ?? 0, 1),
    count('all STS calls', all, 1, { note: `${byName}.`, whyMissed }),
  ];
}

function callers(bench: TestBench, profile: string): Promise<readonly Ran[]> {
  const args = launcherArgs(bench, 'credential-process', profile);
  return Promise.all(Array.from({ length: CALLERS }, () => runOnce(bench, launcher, args)));
}

/** By the name of the action, since a length that the record had before. */
function stsCalls(bench: TestBench, since: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { service, action } of bench.aws.calls.slice(since)) {
    if (service === 'sts') counts.set(action, (counts.get(action) ?? 0) + 1);
  }
  return counts;
}

const socketOf = (bench: TestBench): string => `${bench.dataFolder}/run/api.sock`;

async function apiIsOpen(bench: TestBench): Promise<void> {
  await poll(10_000, 'The app opened no local API', async () => ((await unixSockets(bench)).length > 0 ? true : undefined));
}

/** How many programs the app has accepted and not yet answered. */
async function connections(bench: TestBench): Promise<number> {
  const CONNECTED = '03';
  return (await unixSockets(bench)).filter(([, , , , , state]) => state === CONNECTED).length;
}

/** The rows of the app's socket: the one that listens, and one for each connection. */
async function unixSockets(bench: TestBench): Promise<readonly (readonly string[])[]> {
  const table = await readFile('/proc/net/unix', 'utf8');
  return table
    .split('\n')
    .filter((row) => row.endsWith(` ${socketOf(bench)}`))
    .map((row) => row.split(/\s+/));
}
