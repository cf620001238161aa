import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../wire/aws-error.ts';
import type { Clock } from '../wire/clock.ts';
import { trailEvents, type SeenCall, type TrailEvent } from './trail-event.ts';

const mostResults = 50;

const attributeOf: Readonly<Record<string, (event: TrailEvent) => string | null>> = {
  AccessKeyId: (event) => event.accessKeyId,
  EventId: (event) => event.eventId,
  EventName: (event) => event.eventName,
  EventSource: (event) => event.eventSource,
  ReadOnly: (event) => String(event.readOnly),
  // No event here names its resources.
  ResourceName: () => null,
  ResourceType: () => null,
  Username: (event) => event.username,
};

const LookupEventsRequest = z.object({
  LookupAttributes: z.array(z.object({ AttributeKey: z.string(), AttributeValue: z.string() })).nullish(),
  /** Epoch seconds, with or without a fraction. */
  StartTime: z.number().nullish(),
  EndTime: z.number().nullish(),
  EventCategory: z.string().nullish(),
  MaxResults: z.int().nullish(),
  NextToken: z.string().nullish(),
});
type LookupEventsRequest = z.infer<typeof LookupEventsRequest>;

/** Where a page stopped, and the question that it answered. */
type Page = { readonly question: string; readonly after: TrailEvent };

/** The events since the start that LookupEvents can find. */
export class CloudTrail {
  /** Seconds until an event can be found; in AWS up to about 15 minutes. */
  delaySeconds = 0;
  readonly #clock: Clock;
  readonly #pages = new Map<string, Page>();
  /** Newest first. */
  #events: readonly TrailEvent[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(call: SeenCall): void {
    // The sort is stable: among events of the same second, the later one stays in front.
    this.#events = [...trailEvents(call), ...this.#events].toSorted((first, second) => second.atSeconds - first.atSeconds);
  }

  /**
   * Answers `body`, the JSON of a request, for an account and region: "LookupEvents", CloudTrail API
   * reference. Throws AwsError with the exceptions named there.
   */
  lookUp(body: string, accountId: string, region: string): object {
    const request = readRequest(body);
    const { LookupAttributes, StartTime, EndTime, EventCategory, MaxResults, NextToken } = request;
    checkRequest(request);
    // Insights belong to trails, and there are none.
    if (EventCategory === 'insight') return { Events: [] };

    const question = JSON.stringify([accountId, region, LookupAttributes, StartTime, EndTime, MaxResults]);
    const [attribute] = LookupAttributes ?? [];
    const visibleUntil = this.#clock() / 1000 - this.delaySeconds;
    const found = this.#events.filter(
      (event) =>
        event.accountId === accountId &&
        event.region === region &&
        event.atSeconds <= visibleUntil &&
        event.atSeconds >= (StartTime ?? Number.NEGATIVE_INFINITY) &&
        event.atSeconds <= (EndTime ?? Number.POSITIVE_INFINITY) &&
        (attribute === undefined || attributeOf[attribute.AttributeKey]?.(event) === attribute.AttributeValue),
    );
    const from = this.#startOf(found, NextToken ?? null, question);
    const page = found.slice(from, from + (MaxResults ?? mostResults));
    const after = page.at(-1);
    const Events = page.map(eventElement);
    if (after === undefined || from + page.length >= found.length) return { Events };
    const token = Buffer.from(randomUUID()).toString('base64');
    this.#pages.set(token, { question, after });
    return { Events, NextToken: token };
  }

  #startOf(found: readonly TrailEvent[], token: string | null, question: string): number {
    if (token === null) return 0;
    const page = this.#pages.get(token);
    if (page?.question !== question) {
      throw new AwsError('InvalidNextTokenException', 400, 'Invalid token or token that was previously used in a request with different parameters.');
    }
    return found.indexOf(page.after) + 1;
  }
}

function readRequest(body: string): LookupEventsRequest {
  try {
    return LookupEventsRequest.parse(JSON.parse(body === '' ? '{}' : body));
  } catch (error) {
    throw new AwsError('SerializationException', 400, String(error));
  }
}

function checkRequest(request: LookupEventsRequest): void {
  const { LookupAttributes, StartTime, EndTime, EventCategory, MaxResults } = request;
  const attributes = LookupAttributes ?? [];
  if (attributes.length > 1 || attributes.some(({ AttributeKey, AttributeValue }) => !Object.hasOwn(attributeOf, AttributeKey) || AttributeValue === '')) {
    throw new AwsError('InvalidLookupAttributesException', 400, 'You must specify exactly one valid lookup attribute.');
  }
  const max = MaxResults ?? mostResults;
  if (max < 1 || max > mostResults) {
    throw new AwsError('InvalidMaxResultsException', 400, `MaxResults must be between 1 and ${mostResults}.`);
  }
  if ((StartTime ?? 0) > (EndTime ?? Number.POSITIVE_INFINITY)) {
    throw new AwsError('InvalidTimeRangeException', 400, 'The start time is after the end time.');
  }
  if (EventCategory !== null && EventCategory !== undefined && EventCategory !== 'insight') {
    throw new AwsError('InvalidEventCategoryException', 400, `Invalid event category: ${EventCategory}`);
  }
}

function eventElement(event: TrailEvent): object {
  return {
    EventId: event.eventId,
    EventName: event.eventName,
    ReadOnly: String(event.readOnly),
    ...(event.accessKeyId === null ? {} : { AccessKeyId: event.accessKeyId }),
    EventTime: event.atSeconds,
    EventSource: event.eventSource,
    ...(event.username === null ? {} : { Username: event.username }),
    Resources: [],
    CloudTrailEvent: event.record,
  };
}
