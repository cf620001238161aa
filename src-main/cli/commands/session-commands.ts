import type { SessionStatus } from '../../contract/local-api.ts';
import type { WayToAws } from '../../contract/ui-state.ts';
import { mfaCodePattern, sessionSeconds } from '../../contract/limits.ts';
import { appError } from '../../core/errors.ts';
import { localTime } from '../texts/local-time.ts';
import { notRunning } from '../process/connect.ts';
import { callerPid } from '../process/caller.ts';
import { exitCodes } from '../process/cli-world.ts';
import { secondsOption } from './support/option-values.ts';
import { limitFields } from './support/policy-option.ts';
import { signInElsewhere } from './sign-in-commands.ts';
import type { Call } from './support/call.ts';
import { jsonText } from '../texts/terminal-text.ts';
import { aligned } from '../texts/texts.ts';

export async function status({ invocation, world, texts, askRunning, fail }: Call): Promise<number> {
  const asJson = invocation.options.json !== undefined;
  const answer = await askRunning('status', {});
  if (answer === notRunning) {
    if (asJson) world.print('[]\n');
    world.printError(`sts-tray: ${texts.t('not-running')}\n`);
    return exitCodes.failed;
  }
  if (!answer.ok) return fail(answer);
  const { sessions } = answer.value;
  if (asJson) world.print(jsonText(sessions));
  else if (sessions.length === 0) world.printError(`sts-tray: ${texts.t('no-sessions')}\n`);
  else world.print(sessionTable(sessions, texts));
  return exitCodes.done;
}

function sessionTable(sessions: readonly SessionStatus[], { t, duration }: Call['texts']): string {
  return aligned([
    [t('column-profile'), t('column-account'), t('column-left'), t('column-until'), t('column-arn')],
    ...sessions.map((session) => [
      profileText(session),
      accountText(session),
      duration(session.secondsLeft * 1000),
      localTime(session.expiration),
      session.arn,
    ]),
  ]);
}

export async function login(call: Call): Promise<number> {
  const { invocation, world, texts, ask, fail, failUsage } = call;
  const duration = secondsOption(call, 'duration', sessionSeconds.min, sessionSeconds.max);
  if (!duration.ok) return failUsage(duration.error);
  if (duration.value !== undefined && invocation.options.policy !== undefined) return failUsage({ key: 'usage-duration-policy', params: {}, command: 'login' });
  const limit = limitFields(call);
  if (!limit.ok) return fail(limit);
  const codeFrom = invocation.options['code-from'];
  if (codeFrom !== undefined && invocation.options['code-stdin'] !== undefined)
    return failUsage({ key: 'usage-code-from-stdin', params: {}, command: 'login' });
  const withCode = invocation.options['code-stdin'] !== undefined;
  if (withCode && world.isTerminal.stderr) {
    const way = await ask('way-to-aws', () => ({ profile: invocation.word, ...(duration.value === undefined ? {} : { durationSeconds: duration.value }) }));
    if (!way.ok) return fail(way);
    world.printError(wayLines(way.value, texts));
  }
  const code = withCode ? world.readLine().normalize('NFKC').replaceAll(/\s/g, '') : undefined;
  if (code !== undefined && !mfaCodePattern.test(code)) return fail({ ok: false, error: appError('code-malformed') });
  if (invocation.options.device !== undefined) {
    const opened = await signInElsewhere(call);
    if (!opened.ok) return fail(opened);
  }
  const answer = await ask('login', () => ({
    profile: invocation.word,
    ...(code === undefined ? {} : { code }),
    ...(codeFrom === undefined ? {} : { codeFrom }),
    ...(duration.value === undefined ? {} : { durationSeconds: duration.value }),
    ...limit.value,
    ...callerPid(world),
  }));
  if (!answer.ok) return fail(answer);
  const { expiration, secondsLeft } = answer.value;
  const params = {
    profile: profileText(answer.value),
    account: accountText(answer.value),
    until: localTime(expiration),
    left: texts.duration(secondsLeft * 1000),
  };
  world.print(`${texts.t('logged-in', params)}\n`);
  return exitCodes.done;
}

/** Said before a code is typed: who could read it, or answer in AWS's place. */
function wayLines({ endpoint, proxy, caBundle }: WayToAws, { t }: Call['texts']): string {
  const lines = [
    endpoint === null ? [] : t('way-endpoint', { endpoint }),
    proxy === null ? [] : t('way-proxy', { proxy }),
    caBundle === null ? [] : t('way-ca-bundle', { file: caBundle }),
  ].flat();
  return lines.map((line) => `sts-tray: ${line}\n`).join('');
}

export async function logout({ invocation, world, texts, askRunning, fail }: Call): Promise<number> {
  const request = invocation.options.all === undefined ? { profile: invocation.word } : { all: true as const };
  const answer = await askRunning('logout', request);
  if (answer === notRunning) {
    world.printError(`sts-tray: ${texts.t('not-running')}\n`);
    return exitCodes.done;
  }
  if (!answer.ok) return fail(answer);
  const { ended } = answer.value;
  world.print(`${ended.length === 0 ? texts.t('ended-none') : texts.t('ended', { profiles: ended.join(', ') })}\n`);
  return exitCodes.done;
}

/** With what limits the session, so that it is not taken for the profile's own: `deploy (read-only)`. */
function profileText({ profile, policies }: SessionStatus): string {
  return policies === undefined ? profile : `${profile} (${policies.join(', ')})`;
}

export function accountText({ accountId, accountAlias }: Pick<SessionStatus, 'accountId' | 'accountAlias'>): string {
  return accountAlias === null ? accountId : `${accountId} (${accountAlias})`;
}
