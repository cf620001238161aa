import { describe, expect, it } from 'vitest';
import type { Deployed, Project } from '../../contract/settings.ts';
import { dueReminders, nextReminder } from './destroy-reminder.ts';

const hour = 3_600_000;
const day = 24 * hour;
const applied = 1_000 * day;

const deployed: Deployed = { at: applied, profile: 'default', accountIds: ['111111111111'], destroyRanAt: null, remindedAt: null };
const projects = (change: Partial<Deployed> = {}, project: Partial<Project> = {}) => ({
  '/srv/network': {
    profile: null,
    accounts: {},
    runSeconds: { apply: [], destroy: [] },
    remindAfterHours: 4 as const,
    deployed: { ...deployed, ...change },
    ...project,
  },
});
const isDue = (now: number, ...of: Parameters<typeof projects>) => dueReminders(projects(...of), now).length > 0;
const next = (now: number, ...of: Parameters<typeof projects>) => nextReminder(projects(...of), now);

describe('a due reminder', () => {
  it('a reminder is due so many hours after the apply', () => {
    expect(next(applied)).toBe(applied + 4 * hour);
    expect(isDue(applied + 4 * hour - 1)).toBe(false);
    expect(dueReminders(projects(), applied + 4 * hour)).toEqual([{ folder: '/srv/network', deployed }]);
    expect(next(applied, {}, { remindAfterHours: 24 })).toBe(applied + day);
  });

  it('a reminder is due every day from then on, also after a destroy of which nothing more is known', () => {
    const change = { remindedAt: applied + 5 * hour, destroyRanAt: applied + 6 * hour };
    expect(isDue(applied + 5 * hour + day - 1, change)).toBe(false);
    expect(isDue(applied + 5 * hour + day, change)).toBe(true);
  });

  it('no reminder is due without a choice, or with nothing deployed', () => {
    expect(next(applied, {}, { remindAfterHours: null })).toBeNull();
    expect(next(applied, {}, { deployed: null })).toBeNull();
    expect(isDue(applied + 90 * day, {}, { remindAfterHours: null })).toBe(false);
    expect(nextReminder({}, applied)).toBeNull();
  });

  it('the reminder of the earliest of all projects is due first', () => {
    const both = { ...projects(), '/srv/dns': { ...projects({ at: applied - hour })['/srv/network'] } };
    expect(nextReminder(both, applied)).toBe(applied + 3 * hour);
    expect(dueReminders(both, applied + 3 * hour).map(({ folder }) => folder)).toEqual(['/srv/dns']);
  });
});

describe('a clock that is set back', () => {
  it('a clock that is set back by less than a day brings no reminder again, and puts the next one off by as much', () => {
    const change = { remindedAt: applied + 4 * hour };
    expect(isDue(applied + 3 * hour, change)).toBe(false);
    expect(next(applied + 3 * hour, change)).toBe(applied + 4 * hour + day);
  });

  it('a clock that is set back by more than a day does not end the reminders', () => {
    const lateClock = { at: applied + 365 * day };
    expect(isDue(applied, lateClock)).toBe(true);
    expect(isDue(applied + hour, { ...lateClock, remindedAt: applied })).toBe(false);
    expect(isDue(applied + day, { ...lateClock, remindedAt: applied })).toBe(true);
    expect(isDue(applied + 4 * hour, { remindedAt: applied + 365 * day })).toBe(true);
  });
});
