import type { SignInStatus } from '../../contract/local-api.ts';
import { localTime } from '../texts/local-time.ts';
import type { Answer } from '../process/app-connection.ts';
import { exitCodes } from '../process/cli-world.ts';
import { notRunning } from '../process/connect.ts';
import type { Call } from './support/call.ts';
import { jsonText } from '../texts/terminal-text.ts';
import { aligned } from '../texts/texts.ts';

/** Where people sign in with the browser, and who is. */
export async function signIns({ invocation, world, texts, ask, fail }: Call): Promise<number> {
  const answer = await ask('sign-ins', () => ({}));
  if (!answer.ok) return fail(answer);
  const { signIns: all } = answer.value;
  if (invocation.options.json !== undefined) world.print(jsonText(all));
  else if (all.length === 0) world.printError(`sts-tray: ${texts.t('no-sign-ins')}\n`);
  else world.print(signInTable(all, texts));
  return exitCodes.done;
}

function signInTable(all: readonly SignInStatus[], { t }: Call['texts']): string {
  return aligned([
    [t('column-name'), t('column-signed-in'), t('column-until'), t('column-where')],
    ...all.map(({ name, way, startUrl, region, state, who, ends }) => [
      name,
      state === 'active' ? (who ?? t('signed-in-yes')) : t('signed-in-no'),
      ends === null ? '-' : localTime(ends),
      startUrl ?? t(way === 'aws-login' ? 'where-aws-login' : 'where-portal', { region }),
    ]),
  ]);
}

/** What an access portal gives, each role as it is named in the place of a profile. */
export async function portalRoles({ invocation, world, texts, ask, fail }: Call): Promise<number> {
  const answer = await ask('portal-roles', () => (invocation.word === '' ? {} : { name: invocation.word }));
  if (!answer.ok) return fail(answer);
  const { name, accounts } = answer.value;
  const roles = accounts.flatMap(({ roles: names, ...account }) => names.map((role) => ({ profile: `${account.accountId}/${role}`, account, role })));
  if (invocation.options.json !== undefined) {
    world.print(
      jsonText(roles.map(({ profile, account, role }) => ({ profile, accountId: account.accountId, account: account.name, email: account.email, role }))),
    );
  } else if (roles.length === 0) world.printError(`sts-tray: ${texts.t('no-roles', { name })}\n`);
  else world.print(aligned([[texts.t('column-profile'), texts.t('column-account-name')], ...roles.map(({ profile, account }) => [profile, account.name])]));
  return exitCodes.done;
}

export async function signOut({ invocation, world, texts, askRunning, fail }: Call): Promise<number> {
  const answer = await askRunning('sign-out', invocation.word === '' ? {} : { name: invocation.word });
  if (answer === notRunning) {
    world.printError(`sts-tray: ${texts.t('not-running')}\n`);
    return exitCodes.done;
  }
  if (!answer.ok) return fail(answer);
  world.print(`${texts.t('signed-out', { name: answer.value.name })}\n`);
  return exitCodes.done;
}

/** Shows the page that may be opened on any device, and takes what it gives to type, before a session is asked for. */
export async function signInElsewhere({ invocation, world, texts, ask }: Call): Promise<Answer<null>> {
  const opened = await ask('sign-in-page', () => ({ profile: invocation.word }));
  if (!opened.ok) return opened;
  const { page } = opened.value;
  if (page === null) return { ok: true, value: null };
  const { promptId, address, name, code } = page;
  world.printError(`sts-tray: ${texts.t(code === null ? 'sign-in-elsewhere-typed' : 'sign-in-elsewhere', { name, address, code: code ?? '' })}\n`);
  if (code !== null) return { ok: true, value: null };
  const taken = await ask('sign-in-code', () => ({ promptId, code: world.readLine().trim() }));
  return taken.ok ? { ok: true, value: null } : taken;
}
