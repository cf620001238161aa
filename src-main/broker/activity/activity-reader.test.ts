import { describe, expect, it } from 'vitest';
import type { Result } from '../../contract/app-error.ts';
import type { ActivityEvent } from '../../contract/sheet.ts';
import type { ActivityPage } from '../../aws/requests/activity.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { ActivityReader } from './activity-reader.ts';

const eventAt = (second: number, region: string): ActivityEvent => ({
  eventId: `${region} ${second}`,
  at: new Date(second * 1000).toISOString(),
  service: 'sts',
  name: 'GetCallerIdentity',
  region,
  error: null,
  readOnly: true,
  assumed: null,
  consoleUrl: null,
});

/** Regions with events at these seconds, a page each; `'throttled'` once where a page is one. */
function regionsWith(pages: Readonly<Record<string, readonly (readonly number[] | 'throttled')[]>>) {
  const asked: string[] = [];
  const left = new Map(Object.entries(pages).map(([region, all]) => [region, [...all]]));
  const pageOf = async (region: string, nextToken: string | null): Promise<Result<ActivityPage>> => {
    asked.push(`${region} ${nextToken}`);
    const page = left.get(region)?.shift() ?? [];
    if (page === 'throttled') return failed(appError('throttled'));
    const more = (left.get(region)?.length ?? 0) > 0;
    return succeeded({ events: page.map((second) => eventAt(second, region)), nextToken: more ? `after ${page.at(-1)}` : null });
  };
  return { asked, reader: new ActivityReader(Object.keys(pages), pageOf) };
}

async function read(reader: ActivityReader, count: number) {
  const found = await reader.next(count);
  if (!found.ok) return found.error.code;
  return { ids: found.value.events.map(({ eventId }) => eventId), more: found.value.more };
}

describe('events of several regions', () => {
  it('events of several regions come in the order of time, and as far as they are asked', async () => {
    const { reader, asked } = regionsWith({
      eu: [
        [9, 7],
        [2, 1],
      ],
      us: [[8, 3]],
    });
    expect(await read(reader, 3)).toEqual({ ids: ['eu 9', 'us 8', 'eu 7'], more: true });
    // The next one of `eu` had to be known only for the fourth.
    expect(asked).toEqual(['eu null', 'us null']);
    expect(await read(reader, 9)).toEqual({ ids: ['us 3', 'eu 2', 'eu 1'], more: false });
    expect(asked).toEqual(['eu null', 'us null', 'eu after 7']);
    expect(await read(reader, 9)).toEqual({ ids: [], more: false });
  });

  it('events of several regions are found behind pages that are empty', async () => {
    const { reader } = regionsWith({ eu: [[], [], [5]], us: [[]] });
    expect(await read(reader, 9)).toEqual({ ids: ['eu 5'], more: false });
  });

  it('events of several regions are neither lost nor told twice when a page fails in the middle', async () => {
    const { reader, asked } = regionsWith({ eu: [[9, 7], 'throttled', 'throttled', [2]], us: [[8, 3]] });
    expect(await read(reader, 9)).toBe('throttled');
    expect(await read(reader, 9)).toBe('throttled');
    expect(await read(reader, 4)).toEqual({ ids: ['eu 9', 'us 8', 'eu 7', 'us 3'], more: true });
    expect(await read(reader, 9)).toEqual({ ids: ['eu 2'], more: false });
    expect(asked.filter((each) => each === 'us null')).toHaveLength(1);
  });
});
