import { AccessKeyId, Region } from '../../contract/ipc.ts';
import { activityDefault, activityMax } from '../../contract/local-api.ts';
import type { Activity, ActivityEvent } from '../../contract/sheet.ts';
import { callerPid } from '../process/caller.ts';
import { exitCodes } from '../process/cli-world.ts';
import { localTime } from '../texts/local-time.ts';
import { numberOption } from './support/option-values.ts';
import type { Call } from './support/call.ts';
import { jsonText } from '../texts/terminal-text.ts';
import { aligned, type Texts } from '../texts/texts.ts';

/** The most regions that the app asks at once. */
const regionsMax = 40;

/** What a session did, according to CloudTrail. */
export async function activity(call: Call): Promise<number> {
  const { invocation, world, texts, ask, fail, failUsage } = call;
  const { word: profile, options } = invocation;
  const limit = numberOption(call, 'limit', 1, activityMax);
  if (!limit.ok) return failUsage(limit.error);
  const { 'access-key-id': accessKeyId, region } = options;
  if (accessKeyId !== undefined && !AccessKeyId.safeParse(accessKeyId).success)
    return failUsage({ key: 'usage-access-key-id', params: { value: accessKeyId }, command: invocation.command });
  const regions = region === undefined ? undefined : [...new Set(region.split(',').map((name) => name.trim()))];
  if (regions !== undefined && (!regions.every(isRegion) || regions.length > regionsMax))
    return failUsage({ key: 'usage-region', params: { value: region ?? '' }, command: invocation.command });
  const answer = await ask('activity', () => ({
    profile,
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ...(regions === undefined ? {} : { regions }),
    limit: limit.value ?? activityDefault,
    ...callerPid(world),
  }));
  if (!answer.ok) return fail(answer);
  const found = answer.value;
  if (options.json !== undefined) world.print(jsonText(found));
  else if (found.events.length > 0) world.print(activityText(found, texts));
  if (found.events.length === 0) world.printError(`sts-tray: ${texts.t('activity-none', { key: found.accessKeyId, regions: found.regions.join(', ') })}\n`);
  world.printError(`${texts.t('activity-delay')}\n`);
  return exitCodes.done;
}

function isRegion(name: string): boolean {
  return Region.safeParse(name).success;
}

export function activityText({ events, more }: Activity, { t }: Texts): string {
  const header = [t('column-time'), t('column-region'), t('column-service'), t('column-event'), t('column-error')];
  const table = aligned([header, ...events.map((event) => rowOf(event, t))]);
  return more ? `${table}${t('activity-more')}\n` : table;
}

function rowOf({ at, region, service, name, error, assumed }: ActivityEvent, t: Texts['t']): readonly string[] {
  const outcome = assumed === null ? t('activity-ok') : t('activity-assumed', { role: assumed.roleArn, key: assumed.accessKeyId });
  return [localTime(at), region, service, name, error ?? outcome];
}
