import { join } from 'node:path';
import { askApp, type Answer } from '../../src-main/cli/process/app-connection.ts';
import { notRunning } from '../../src-main/cli/process/connect.ts';
import type { ApiAnswers, ApiName, ApiRequest, SessionStatus } from '../../src-main/contract/local-api.ts';
import { poll } from '../processes/deadline.ts';
import type { AppRig } from './app-rig.ts';

// What a test needs before it begins, asked of the app as its command line does. Each start of the command
// line itself takes a second of processor time, so only the tests that are about it start it.

/** Starts or renews a session of account A without any window, and waits until the account's name is known too. */
export async function login(rig: AppRig, profile: string): Promise<void> {
  await ask(rig, 'login', { profile, code: await rig.aws.nextTotpCode() });
  await poll(15_000, 'The name of the account was not found', async () => {
    const { sessions } = await ask(rig, 'status', {});
    return sessions.some((session) => session.profile === profile && session.accountAlias === null) ? undefined : true;
  });
}

/** The sessions that the app holds, by profile. */
export async function heldSessions(rig: AppRig): Promise<readonly SessionStatus[]> {
  return (await ask(rig, 'status', {})).sessions;
}

export async function endSessions(rig: AppRig): Promise<void> {
  await ask(rig, 'logout', { all: true });
}

/** What the running app with this data folder answers, as soon as it listens. Rejects when it refuses. */
export async function ask<N extends ApiName>({ dataFolder }: Pick<AppRig, 'dataFolder'>, name: N, fields: ApiRequest<N>): Promise<ApiAnswers[N]> {
  const answer = await poll<Answer<ApiAnswers[N]>>(15_000, 'The app did not listen', async () => {
    const given = await askApp({ kind: 'socket', path: join(dataFolder, 'run', 'api.sock') }, name, fields);
    return given === notRunning ? undefined : given;
  });
  if (!answer.ok) throw new Error(`${name} failed: ${JSON.stringify(answer.error)}`);
  return answer.value;
}
