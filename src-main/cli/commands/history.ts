import { historyDefault, historyMax, type HistoryRecord, type SessionRecord } from '../../contract/ledger.ts';
import { oneLine } from '../../core/printable.ts';
import { exitCodes } from '../process/cli-world.ts';
import { localHour, localTime } from '../texts/local-time.ts';
import { accountOption, numberOption, sinceOption } from './support/option-values.ts';
import { roleNames } from './support/account-text.ts';
import { accountText } from './session-commands.ts';
import type { Call } from './support/call.ts';
import { jsonText } from '../texts/terminal-text.ts';
import { aligned, type Texts } from '../texts/texts.ts';

/** What the ledger has: sessions with their hand-offs, revocations and rotations. */
export async function history(call: Call): Promise<number> {
  const { invocation, world, texts, ask, fail, failUsage } = call;
  const { options, word } = invocation;
  const [account, since, limit] = [accountOption(call), sinceOption(call, Date.now()), numberOption(call, 'limit', 1, historyMax)];
  if (!account.ok) return failUsage(account.error);
  if (!since.ok) return failUsage(since.error);
  if (!limit.ok) return failUsage(limit.error);
  const answer = await ask('history', () => ({
    ...(word === '' ? {} : { profile: word }),
    ...(account.value === undefined ? {} : { account: account.value }),
    ...(options.program === undefined ? {} : { program: options.program }),
    ...(since.value === undefined ? {} : { since: since.value }),
    limit: limit.value ?? historyDefault,
  }));
  if (!answer.ok) return fail(answer);
  const { records } = answer.value;
  if (options.json !== undefined) world.print(jsonText(records));
  else if (records.length === 0) world.printError(`sts-tray: ${texts.t('history-none')}\n`);
  else world.print(historyText(records, texts));
  return exitCodes.done;
}

/** One line for each record, and below a session one for each of its hand-offs. */
export function historyText(records: readonly HistoryRecord[], texts: Texts): string {
  const { t } = texts;
  const header = [t('column-started'), t('column-profile'), t('column-account'), t('column-as'), t('column-access-key-id'), t('column-ended')];
  const sessions = records.filter((record) => record.record === 'session');
  const lines = aligned([header, ...sessions.map((session) => sessionRow(session, texts))]).split('\n');
  const byKey = new Map(sessions.map(({ accessKeyId }, index) => [accessKeyId, lines[index + 1] ?? '']));
  const body = records.flatMap((record) => {
    if (record.record !== 'session') return [oneLine(`${localTime(record.at)}  ${record.profile}  ${eventText(record, texts)}`)];
    return [byKey.get(record.accessKeyId) ?? '', ...record.handOffs.map((handOff) => `  ${oneLine(handOffText(handOff, texts))}`)];
  });
  return [...(sessions.length === 0 ? [] : [lines[0] ?? '']), ...body].map((line) => `${line}\n`).join('');
}

function sessionRow(session: SessionRecord, { t }: Texts): readonly string[] {
  const { at, profile, role, sessionName, accessKeyId, ended, expiresAt, policies = [], codeFrom } = session;
  const as = role === null ? t('history-user', { user: sessionName }) : t('history-role', { role, session: sessionName });
  return [
    localTime(at),
    profile,
    accountText(session),
    [as, ...policies, ...(codeFrom === undefined ? [] : [t('history-code-from', { program: codeFrom })])].join(', '),
    accessKeyId,
    ended === null ? t('history-lives', { until: localTime(expiresAt) }) : `${localTime(ended.at)} ${endingText(ended.how, t)}`,
  ];
}

function endingText(how: NonNullable<SessionRecord['ended']>['how'], t: Texts['t']): string {
  switch (how) {
    case 'ended':
      return t('ending-ended');
    case 'renewed':
      return t('ending-renewed');
    case 'profile-changed':
      return t('ending-profile-changed');
    case 'refused':
      return t('ending-refused');
    case 'revoked':
      return t('ending-revoked');
    case 'expired':
      return t('ending-expired');
  }
}

function handOffText({ at, way, program }: SessionRecord['handOffs'][number], { t }: Texts): string {
  if (program === null) return `${localHour(at)}  ${way}`;
  const { pid, command, folder, verified, peer = null } = program;
  const details = [t('history-pid', { pid }), ...(folder === null ? [] : [folder]), ...(verified === false ? [unverifiedText(peer, t)] : [])];
  return `${localHour(at)}  ${way}: ${command} (${details.join(', ')})`;
}

function unverifiedText(peer: { readonly pid: number; readonly command: string } | null, t: Texts['t']): string {
  return peer === null ? t('history-unverified') : t('history-connected', peer);
}

function eventText(record: Exclude<HistoryRecord, SessionRecord>, { t }: Texts): string {
  switch (record.record) {
    case 'revoked':
      return t('history-revoked', { arn: record.arn, before: localTime(record.issuedBefore), policy: record.policyName });
    case 'revocation-removed':
      return t('history-revocation-removed', { arn: record.arn, policy: record.policyName });
    case 'reached':
      return reachedText(record, t);
    case 'access-key':
      return keyText(record.change, record.accessKeyId, t);
  }
}

/** In which words an outcome is said: where a role was asked for, and for the account of the session itself. */
const reachedKeys = {
  reached: ['history-reached', 'history-reached-session'],
  failed: ['history-reach-failed', 'history-reach-failed-session'],
  refused: ['history-reach-refused', 'history-reach-refused-session'],
} as const;

function reachedText({ accountId: account, role, outcome, program, folder }: Extract<HistoryRecord, { record: 'reached' }>, t: Texts['t']): string {
  const [withRole, withoutRole] = reachedKeys[outcome];
  const who = { program: program ?? t('history-a-program'), account };
  const said = role === null ? t(withoutRole, who) : t(withRole, { ...who, role: roleNames([role]) });
  return folder === null ? said : `${said} (${folder})`;
}

function keyText(change: Extract<HistoryRecord, { record: 'access-key' }>['change'], key: string, t: Texts['t']): string {
  switch (change) {
    case 'created':
      return t('history-key-created', { key });
    case 'put-in-place':
      return t('history-key-put-in-place', { key });
    case 'deactivated':
      return t('history-key-deactivated', { key });
    case 'deleted':
      return t('history-key-deleted', { key });
  }
}
