import type { Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { Activity, ActivityStep } from '../../contract/sheet.ts';
import { activityPage } from '../../aws/requests/late.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import type { ClientOptions } from '../../aws/client/clients.ts';
import { configuredRegion } from '../../aws/client/configured-region.ts';
import { homeRegion, partitionOf } from '../../core/aws-names/arn.ts';
import { succeeded } from '../../core/errors.ts';
import { ActivityReader } from './activity-reader.ts';
import type { HeldSessions, LiveHeld } from '../sessions/held-sessions.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SessionManager } from '../sessions/session-manager.ts';
import { withSession } from '../sessions/with-session.ts';
import type { Sheets } from '../state/sheets.ts';
import type { Requester } from '../prompts/waiting-programs.ts';

/** How many events the panel shows at first, and how many more at a time. */
const atOnce = 50;

type Wanted = {
  /** Left out: the key of the session that is held, else of the profile's last one. */
  readonly accessKeyId?: string | undefined;
  /** Left out: the profile's own region, and the one in which AWS records IAM and STS. */
  readonly regions?: readonly string[] | undefined;
};

type Parts = {
  readonly sessions: Pick<SessionManager, 'find' | 'credentials'>;
  readonly held: Pick<HeldSessions, 'find' | 'expire'>;
  readonly ledger: Pick<Ledger, 'history'>;
  readonly aws: Pick<AwsCalls, 'optionsOf'>;
  readonly sheets: Sheets;
};

type Reading = {
  readonly of: Omit<Activity, 'events' | 'more'>;
  /** Asks with the session that is held by then, which may differ from the first one. */
  readonly next: (held: LiveHeld, count: number) => ReturnType<ActivityReader['next']>;
};

/** A sheet that was opened; `more` is null while it asks. */
type Opened = { more: (() => Promise<void>) | null };

/** What sessions did, according to CloudTrail. */
export class Activities {
  readonly #parts: Parts;
  /** The latest one. */
  #opened: Opened | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Errors: those of the session that it takes, `permission-denied`, `throttled` and the other errors of a call. */
  async read(name: string, wanted: Wanted & { readonly limit: number }, requester: Requester): Promise<Result<Activity>> {
    const key = wanted.accessKeyId ?? (await this.#lastKey(name));
    return withSession(this.#parts, name, requester, async (held) => {
      const { of, next } = this.#reading(held, key, wanted.regions);
      const page = await next(held, wanted.limit);
      return page.ok ? succeeded({ ...of, ...page.value }) : page;
    });
  }

  /** Opens the sheet of a profile's session. */
  async show({ profile, accessKeyId }: CommandRequest<'showActivity'>): Promise<void> {
    const step = this.#parts.sheets.open<'activity'>({ kind: 'activity', profile, accessKeyId: accessKeyId ?? null, step: { kind: 'asking' } });
    const opened: Opened = { more: null };
    this.#opened = opened;
    const key = accessKeyId ?? (await this.#lastKey(profile));
    const first = await withSession(this.#parts, profile, { by: 'user' }, async (held) => {
      const { of, next } = this.#reading(held, key);
      const page = await next(held, atOnce);
      return page.ok ? succeeded({ next, shown: { ...of, ...page.value } }) : page;
    });
    if (!first.ok) return void step({ kind: 'failed', error: first.error });
    const { next } = first.value;
    let activity: Activity = first.value.shown;
    const shown = (rest: Pick<Extract<ActivityStep, { kind: 'shown' }>, 'asking' | 'error'>) => step({ kind: 'shown', activity, ...rest });
    opened.more = async () => {
      shown({ asking: true, error: null });
      const older = await withSession(this.#parts, profile, { by: 'user' }, (held) => next(held, atOnce));
      if (older.ok) activity = { ...activity, events: [...activity.events, ...older.value.events], more: older.value.more };
      shown({ asking: false, error: older.ok ? null : older.error });
    };
    shown({ asking: false, error: null });
  }

  async showMore(): Promise<void> {
    const opened = this.#opened;
    const more = opened?.more ?? null;
    if (opened === null || more === null) return;
    // One page after the other.
    opened.more = null;
    await more();
    opened.more = more;
  }

  /** Without an access key ID, the events of the session itself. */
  #reading(held: LiveHeld, key: string | null, regions?: readonly string[]): Reading {
    const { arn } = held.session.identity;
    const accessKeyId = key ?? held.credentials.accessKeyId;
    let options = this.#optionsOf(held);
    // Each region once: one that is named twice would list everything twice.
    const asked = [...new Set(regions ?? [configuredRegion(options), homeRegion(arn)])];
    const partition = partitionOf(arn);
    const reader = new ActivityReader(asked, (region, nextToken) => activityPage(options, { accessKeyId, region, partition, nextToken }));
    return {
      of: { accessKeyId, arn, regions: asked },
      next: (present, count) => {
        options = this.#optionsOf(present);
        return reader.next(count);
      },
    };
  }

  #optionsOf({ profile, credentials }: LiveHeld): ClientOptions {
    return this.#parts.aws.optionsOf(profile, credentials);
  }

  /** Looked up before a new session is started to ask with, because that one has done nothing yet. */
  async #lastKey(asked: string): Promise<string | null> {
    const found = this.#parts.sessions.find(asked);
    if (!found.ok) return null;
    const { name } = found.value;
    const held = this.#parts.held.find(name);
    if (held !== null) return held.credentials.accessKeyId;
    const records = await this.#parts.ledger.history({ profile: name, limit: 100 });
    const session = records.ok ? records.value.find((record) => record.record === 'session') : undefined;
    return session?.accessKeyId ?? null;
  }
}
