import { describe, expect, it } from 'vitest';
import { byDay } from './by-day.ts';

const at = (day: number, hour: number) => ({ at: new Date(2030, 0, day, hour).toISOString() });

describe('entries by day', () => {
  it('entries by day stand under their local day, in the order in which they came', () => {
    const entries = [at(3, 0), at(2, 23), at(2, 1), at(1, 12)];
    expect(byDay(entries)).toEqual([
      { day: new Date(2030, 0, 3).getTime(), entries: [at(3, 0)] },
      { day: new Date(2030, 0, 2).getTime(), entries: [at(2, 23), at(2, 1)] },
      { day: new Date(2030, 0, 1).getTime(), entries: [at(1, 12)] },
    ]);
  });

  it('without entries there are no days', () => {
    expect(byDay([])).toEqual([]);
  });
});
