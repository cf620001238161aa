import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { poll } from '../../testing/processes/deadline.ts';
import type { Ran } from '../../testing/processes/run-program.ts';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { launcher, launcherArgs, runLauncher, runOnce } from '../instruments/command-line.ts';
import { PromptCount } from '../instruments/prompt-count.ts';
import { rowOf, type Row } from '../report/row.ts';
import { closeApp, stsTray, type TrayStarter } from '../instruments/tray-app.ts';

const CALLERS = 200;
const ROLE_PROFILE = 'deploy';
/** As short as a session can be, because AWS counts in whole seconds. */
const SHORT_SESSION_SECONDS = 2;

/** What it costs the user and AWS when many programs ask at once, as in a parallel plan. */
export async function singleFlightRows(rig: AppRig, starter: TrayStarter): Promise<readonly Row[]> {
  const { deployRoleArn } = rig.aws.accounts.b;
  await rig.configureAws({ config: `\n[profile ${ROLE_PROFILE}]\nrole_arn = ${deployRoleArn}\nsource_profile = default\n` });
  const app = await starter.start(stsTray(rig.dataFolder));
  const prompts = new PromptCount(rig.desktop, app.process.pid);
  try {
    return [...(await withoutSession(rig, prompts)), ...(await withExpiredRoleSession(rig, prompts))];
  } finally {
    await prompts.close();
    await closeApp(app);
  }
}

async function withoutSession(rig: AppRig, prompts: PromptCount): Promise<readonly Row[]> {
  await apiIsOpen(rig);
  const [callsBefore, promptsBefore] = [rig.aws.calls.length, prompts.count];
  const begin = performance.now();
  const answers = callers(rig, 'default');
  await poll(45_000, `Fewer than ${CALLERS} callers asked the app`, async () => ((await connections(rig)) >= CALLERS ? true : undefined));
  const waiting = performance.now();
  const prompt = await rig.desktop.waitForWindow(/MFA code/);
  await rig.desktop.focus(prompt);
  await rig.desktop.typeText(await rig.aws.nextTotpCode());
  const typed = performance.now();
  const ran = await answers;
  const end = performance.now();
  // A second prompt would open after the first.
  await delay(500);

  const calls = stsCalls(rig, callsBefore);
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

async function withExpiredRoleSession(rig: AppRig, prompts: PromptCount): Promise<readonly Row[]> {
  rig.aws.sessionLifetimeOverrideSeconds = SHORT_SESSION_SECONDS;
  await runLauncher(rig, ['credential-process', ROLE_PROFILE]);
  rig.aws.sessionLifetimeOverrideSeconds = null;
  await delay((SHORT_SESSION_SECONDS + 1) * 1000);

  const [callsBefore, promptsBefore] = [rig.aws.calls.length, prompts.count];
  const begin = performance.now();
  const ran = await callers(rig, ROLE_PROFILE);
  const end = performance.now();
  await delay(500);

  const calls = stsCalls(rig, callsBefore);
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

function callers(rig: AppRig, profile: string): Promise<readonly Ran[]> {
  const args = launcherArgs(rig, 'credential-process', profile);
  return Promise.all(Array.from({ length: CALLERS }, () => runOnce(rig, launcher, args)));
}

/** The number of STS calls by action, counted from index `since` of the record. */
function stsCalls(rig: AppRig, since: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { service, action } of rig.aws.calls.slice(since)) {
    if (service === 'sts') counts.set(action, (counts.get(action) ?? 0) + 1);
  }
  return counts;
}

const socketOf = (rig: AppRig): string => `${rig.dataFolder}/run/api.sock`;

async function apiIsOpen(rig: AppRig): Promise<void> {
  await poll(10_000, 'The app opened no local API', async () => ((await unixSockets(rig)).length > 0 ? true : undefined));
}

/** How many programs the app has accepted and not yet answered. */
async function connections(rig: AppRig): Promise<number> {
  const CONNECTED = '03';
  return (await unixSockets(rig)).filter(([, , , , , state]) => state === CONNECTED).length;
}

/** The rows of the app's socket: the one that listens, and one for each connection. */
async function unixSockets(rig: AppRig): Promise<readonly (readonly string[])[]> {
  const table = await readFile('/proc/net/unix', 'utf8');
  return table
    .split('\n')
    .filter((row) => row.endsWith(` ${socketOf(rig)}`))
    .map((row) => row.split(/\s+/));
}
