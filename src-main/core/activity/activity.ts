import { z } from 'zod';
import type { ActivityEvent } from '../../contract/sheet.ts';
import { cloudTrailEventPage } from '../aws-names/console-pages.ts';

/** The parts of a CloudTrail record that are shown (CloudTrail user guide, "CloudTrail record contents"). */
const TrailRecord = z.object({
  eventID: z.string(),
  eventTime: z.string(),
  eventSource: z.string(),
  eventName: z.string(),
  awsRegion: z.string(),
  errorCode: z.string().nullish(),
  readOnly: z.boolean().nullish(),
  requestParameters: z.object({ roleArn: z.string().nullish() }).nullish().catch(null),
  responseElements: z
    .object({ credentials: z.object({ accessKeyId: z.string() }).nullish() })
    .nullish()
    .catch(null),
});

/** An event from the record that LookupEvents returns as text; null when it has another shape. */
export function activityEvent(recordText: string, partition: string): ActivityEvent | null {
  const parsed = TrailRecord.safeParse(jsonOf(recordText));
  if (!parsed.success) return null;
  const {
    eventID: eventId,
    eventTime: at,
    eventSource,
    eventName: name,
    awsRegion: region,
    errorCode,
    readOnly,
    requestParameters,
    responseElements,
  } = parsed.data;
  const [roleArn, accessKeyId] = [requestParameters?.roleArn, responseElements?.credentials?.accessKeyId];
  return {
    eventId,
    at,
    // `s3.amazonaws.com` in every partition.
    service: eventSource.split('.')[0] ?? eventSource,
    name,
    region,
    error: errorCode ?? null,
    readOnly: readOnly ?? false,
    assumed: roleArn && accessKeyId ? { roleArn, accessKeyId } : null,
    consoleUrl: cloudTrailEventPage({ partition, region, eventId }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
