import { join } from 'node:path';
import type { Page } from 'playwright';
import { askApp, type Answer } from '../../src-main/cli/process/app-connection.ts';
import { notRunning } from '../../src-main/cli/process/connect.ts';
import type { ApiAnswers, ApiName, ApiRequest, SessionStatus } from '../../src-main/contract/local-api.ts';
import { poll } from '../processes/deadline.ts';
import type { AppRig } from './app-rig.ts';

// What a test needs before it begins, asked of the app as its command line does. Each start of the command
// line itself takes a second of processor time, so only the tests that are about it start it.

/** Starts or renews a session of account A without any window, and waits until the account's name is known too. */
export async function login(rig: Pick<AppRig, 'dataFolder' | 'aws'>, profile: string): Promise<void> {
  await ask(rig, 'login', { profile, code: await rig.aws.nextTotpCode() });
  await poll(15_000, 'The name of the account was not found', async () => {
    const { sessions } = await ask(rig, 'status', {});
    return sessions.some((session) => session.profile === profile && session.accountAlias === null) ? undefined : true;
  });
}

/** The sessions that the app holds, by profile. */
export async function heldSessions(rig: Pick<AppRig, 'dataFolder'>): Promise<readonly SessionStatus[]> {
  return (await ask(rig, 'status', {})).sessions;
}

export async function endSessions(rig: Pick<AppRig, 'dataFolder'>): Promise<void> {
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

/** Chooses an item of the menu that a profile's card or row has in the panel. */
export async function chooseInMenu(panel: Page, profile: string, labels: { readonly more: string; readonly item: string }): Promise<void> {
  await panel.getByRole('article', { name: profile, exact: true }).getByRole('button', { name: labels.more }).click();
  await panel.getByRole('menuitem', { name: labels.item }).click();
}

/** Ends a session in the panel, in English. */
export async function endInPanel(panel: Page, profile: string): Promise<void> {
  await chooseInMenu(panel, profile, { more: 'More actions', item: 'End session' });
}

/** Asks in the panel for a new session in place of one that has run out, in English. */
export function renewEndedInPanel(panel: Page, profile: string): Promise<void> {
  return panel
    .getByRole('article', { name: profile, exact: true })
    .getByRole('button', { name: `Renew: ${profile}` })
    .click();
}

/** Asks in the panel for a new session before the old one is about to end, in English. */
export async function renewInPanel(panel: Page, profile: string): Promise<void> {
  await chooseInMenu(panel, profile, { more: 'More actions', item: 'Renew' });
}
