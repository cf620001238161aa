import type { Deployed, Project } from '../../contract/settings.ts';

const hour = 3_600_000;
const day = 24 * hour;

export type Reminder = { readonly folder: string; readonly deployed: Deployed };

type Projects = Readonly<Record<string, Project>>;

/**
 * The projects that are to be reminded of at a time: so many hours after the apply, and every day
 * from then on; after a destroy of which nobody knows what it left, once. Times are epoch milliseconds.
 */
export function dueReminders(projects: Projects, now: number): readonly Reminder[] {
  return Object.entries(projects).flatMap(([folder, project]) => {
    const at = reminderAt(project, now);
    return at !== null && at <= now && project.deployed !== null ? [{ folder, deployed: project.deployed }] : [];
  });
}

/** When the next one is due; null for never. */
export function nextReminder(projects: Projects, now: number): number | null {
  const times = Object.values(projects).flatMap((project) => reminderAt(project, now) ?? []);
  return times.length === 0 ? null : Math.min(...times);
}

function reminderAt({ remindAfterHours, deployed }: Project, now: number): number | null {
  if (remindAfterHours === null || deployed === null) return null;
  const { at, remindedAt, destroyRanAt } = deployed;
  // Whether everything went is not known; it is asked once.
  if (destroyRanAt !== null && remindedAt !== null && remindedAt >= destroyRanAt) return null;
  const first = isBeyondClock(at, now) ? now : at + remindAfterHours * hour;
  return remindedAt === null || isBeyondClock(remindedAt, now) ? first : Math.max(first, remindedAt + day);
}

/**
 * A past event that lies ahead is from before the clock was set back. By less than a day the wait is
 * only so much longer; by more there might be no reminder for years.
 */
function isBeyondClock(time: number, now: number): boolean {
  return time > now + day;
}
