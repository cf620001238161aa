import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LongDay, type Hour, type Kept } from '../../testing/rigs/long-day.ts';
import { poll } from '../../testing/processes/deadline.ts';
import { timesOf, tried } from '../../testing/trust/times.ts';

const often = timesOf({ usual: 1, thorough: 10 });
const hour: Hour = {
  credentialProcesses: 40 * often,
  runs: 6 * often,
  exports: 4 * often,
  consoles: often,
  renewals: timesOf({ usual: 1, thorough: 6 }),
  looks: 2 * often,
};

/** How many hours go by before it is counted for the first time, and between that and the second time. What is made once is there by then. */
const [warmingUp, counted] = [2, 3];

/** How long connections to AWS are kept for the next call, and more, in milliseconds. */
const letGoMs = 25_000;

/**
 * What may come in the last three hours, in which there are hundreds of runs and over a thousand other hand-offs: the
 * engine's own notes on code that runs often, but nothing for each of them.
 */
const most = { objects: 100, heapBytes: 1_000_000, rssBytes: 25_000_000 };

let day: LongDay;
let [before, after]: (Kept | null)[] = [];

beforeAll(async () => {
  day = await LongDay.begin();
  for (let passed = 0; passed < warmingUp + counted; passed += 1) await day.hour(hour);
  before = await day.kept();
  for (let passed = 0; passed < counted; passed += 1) await day.hour(hour);
  after = await day.kept();
}, 600_000);
afterAll(() => day.close());

/** Where the app keeps more than before, it is looked at again: a connection may be kept for a while. */
async function settled(isEqual: (later: Kept, earlier: Kept) => boolean): Promise<{ readonly earlier: Kept; readonly later: Kept }> {
  const earlier = before;
  if (earlier === null || earlier === undefined || after === null || after === undefined) throw new Error('the day is not over');
  if (isEqual(after, earlier)) return { earlier, later: after };
  after = await poll(letGoMs, 'The app kept more than before', async () => {
    const now = await day.kept();
    return isEqual(now, earlier) ? now : undefined;
  }).catch(() => day.kept());
  return { earlier, later: after };
}

describe('an app that is up all day', () => {
  it('an app that is up all day, and is asked thousands of times, keeps as much in memory in the evening as at noon', { timeout: 60_000 }, async (context) => {
    const { earlier, later } = await settled((now, then) => now.objects - then.objects < most.objects);
    expect(earlier.objects).toBeGreaterThan(10_000);
    expect(later.objects - earlier.objects).toBeLessThan(most.objects);
    expect(later.heapBytes - earlier.heapBytes).toBeLessThan(most.heapBytes);
    expect(later.rssBytes - earlier.rssBytes).toBeLessThan(most.rssBytes);
    tried(context, day.handOffs);
  });

  it(
    'an app that is up all day, and is asked thousands of times, has as many timers, sockets and open files in the evening as at noon',
    { timeout: 60_000 },
    async (context) => {
      const isEqual = (now: Kept, then: Kept) => now.descriptors <= then.descriptors && JSON.stringify(now.resources) === JSON.stringify(then.resources);
      const { earlier, later } = await settled(isEqual);
      // The server of the local API and the timer of the next change.
      expect(earlier.resources).toMatchObject({ PipeWrap: expect.any(Number), Timeout: expect.any(Number) });
      expect(later.resources).toEqual(earlier.resources);
      expect(later.descriptors).toBeLessThanOrEqual(earlier.descriptors);
      tried(context, day.handOffs);
    },
  );

  it('an app that is up all day, and is asked thousands of times, leaves no file behind in its folders or in that for temporary files', async (context) => {
    const { earlier, later } = await settled((now, then) => now.files.length === then.files.length);
    expect(earlier.files).toEqual(expect.arrayContaining(['data/settings.json', 'data/vault/sessions', 'data/terminals/runs', 'run/api.sock']));
    expect(later.files).toEqual(earlier.files);
    tried(context, day.handOffs);
  });
});
