import type { Result } from '../../contract/app-error.ts';
import type { ActivityEvent } from '../../contract/sheet.ts';
import type { ActivityPage } from '../../aws/requests/activity.ts';
import { succeeded } from '../../core/errors.ts';

type PageOf = (region: string, nextToken: string | null) => Promise<Result<ActivityPage>>;

type Source = { readonly region: string; readonly events: ActivityEvent[]; nextToken: string | null; isAtEnd: boolean };

/** Reads the events of several regions as one list, latest first, a page at a time and only as far as needed. */
export class ActivityReader {
  readonly #pageOf: PageOf;
  readonly #sources: readonly Source[];
  /** Events that were read but not returned, because a later page failed. */
  #ready: ActivityEvent[] = [];

  constructor(regions: readonly string[], pageOf: PageOf) {
    this.#pageOf = pageOf;
    this.#sources = regions.map((region) => ({ region, events: [], nextToken: null, isAtEnd: false }));
  }

  /** Up to `count` more events, and whether there are older ones. After a failure it can be called again, and no event is lost. */
  async next(count: number): Promise<Result<{ readonly events: readonly ActivityEvent[]; readonly more: boolean }>> {
    while (this.#ready.length < count) {
      const filled = await this.#fill();
      if (!filled.ok) return filled;
      const latest = this.#latest();
      if (latest === null) break;
      this.#ready.push(latest);
    }
    const events = this.#ready;
    this.#ready = [];
    const more = this.#sources.some((source) => source.events.length > 0 || !source.isAtEnd);
    return succeeded({ events, more });
  }

  /** Which event is the latest is known only when every region has one at hand. */
  async #fill(): Promise<Result<null>> {
    for (const source of this.#sources) {
      while (source.events.length === 0 && !source.isAtEnd) {
        const page = await this.#pageOf(source.region, source.nextToken);
        if (!page.ok) return page;
        source.events.push(...page.value.events);
        source.nextToken = page.value.nextToken;
        source.isAtEnd = page.value.nextToken === null;
      }
    }
    return succeeded(null);
  }

  #latest(): ActivityEvent | null {
    const sources = this.#sources.filter(({ events }) => events.length > 0);
    const [first] = sources.toSorted((one, other) => timeOf(other) - timeOf(one));
    return first?.events.shift() ?? null;
  }
}

function timeOf({ events: [event] }: Source): number {
  return Date.parse(event?.at ?? '');
}
