import type { Result } from '../../contract/app-error.ts';
import type { ActivityEvent } from '../../contract/sheet.ts';
import { activityEvent } from '../../core/activity/activity.ts';
import { succeeded } from '../../core/errors.ts';
import { askCloudTrail, type ClientOptions } from '../client/clients.ts';

/** Events of one region, the latest first; `nextToken` leads to older ones, null when there are none. */
export type ActivityPage = { readonly events: readonly ActivityEvent[]; readonly nextToken: string | null };

/**
 * A page of the calls made with an access key in a region (CloudTrail API reference, LookupEvents:
 * management events of the last 90 days, about 15 minutes late, 50 to a page, two calls a second).
 */
export function activityPage(
  options: ClientOptions,
  {
    accessKeyId,
    region,
    partition,
    nextToken,
  }: { readonly accessKeyId: string; readonly region: string; readonly partition: string | null; readonly nextToken: string | null },
): Promise<Result<ActivityPage>> {
  return askCloudTrail({ ...options, askedRegion: region }, { profile: options.profile, action: 'cloudtrail:LookupEvents' }, async (client) => {
    const { LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail');
    const { Events: events = [], NextToken: next } = await client.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'AccessKeyId', AttributeValue: accessKeyId }],
        ...(nextToken === null ? {} : { NextToken: nextToken }),
      }),
    );
    const known = events.flatMap(({ CloudTrailEvent: record }) => activityEvent(record ?? '', partition) ?? []);
    return succeeded({ events: known, nextToken: next ?? null });
  });
}
