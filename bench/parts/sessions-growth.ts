import { appendFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { login } from '../instruments/command-line.ts';
import { askApi, timedAsk } from '../instruments/local-api-client.ts';
import { foundGrowth } from '../report/growth.ts';
import { closeApp, stsTray, type TrayStarter } from '../instruments/tray-app.ts';
import type { Found } from '../report/found.ts';

const counts = [1, 10, 100, 500];
const roles = (counts.at(-1) ?? 1) - 1;

/** What asks while more and more sessions are held: for all of them, for the keys of one, and for a new one. */
export async function sessionsGrowth(rig: AppRig, starter: TrayStarter, { times = 30 } = {}): Promise<Found> {
  const { deployRoleArn } = rig.aws.accounts.b;
  const profiles = Array.from({ length: roles }, (_none, index) => `\n[profile ${nameOf(index)}]\nrole_arn = ${deployRoleArn}\nsource_profile = default\n`);
  await appendFile(rig.awsFiles.config, profiles.join(''));
  const app = await starter.start(stsTray(rig.dataFolder));
  const [status, handOff, start] = [new Map<number, number[]>(), new Map<number, number[]>(), new Map<number, number[]>()];
  try {
    await login(rig, 'default');
    let held = 1;
    for (const count of counts) {
      const started: number[] = [];
      while (held < count) {
        started.push(await timedAsk(rig, 'credential-process', { profile: nameOf(held - 1), pid: process.pid }));
        held += 1;
      }
      await requireSessions(rig, count);
      // The windows of this measurement are to be free of what the new sessions left for later.
      await delay(1_000);
      // Of those up to this count, as many as are compared elsewhere.
      if (started.length > 0) start.set(count, started.slice(-times));
      status.set(count, await measured(times, () => timedAsk(rig, 'status', {})));
      handOff.set(count, await measured(times, () => timedAsk(rig, 'credential-process', { profile: 'default', pid: process.pid })));
    }
  } finally {
    await closeApp(app);
  }
  return foundGrowth({ name: 'sessions', title: 'Answers of the local API beside sessions that are held', of: 'sessions' }, [
    { what: '`status` by the local API', line: 'status of all', growth: status },
    { what: '`credential-process` by the local API, session held', line: 'keys of one that is held', growth: handOff },
    { what: '`credential-process` by the local API, new session of a role', line: 'one more session of a role', growth: start },
  ]);
}

const nameOf = (index: number): string => `team-${index}`;

async function measured(times: number, measure: () => Promise<number>): Promise<number[]> {
  await measure();
  const tookMs: number[] = [];
  while (tookMs.length < times) tookMs.push(await measure());
  return tookMs;
}

async function requireSessions(rig: AppRig, count: number): Promise<void> {
  const { sessions } = JSON.parse((await askApi(rig, 'status', {})).text) as { readonly sessions: readonly unknown[] };
  if (sessions.length !== count) throw new Error(`The app holds ${sessions.length} sessions, not ${count}`);
}
