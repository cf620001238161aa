import type { Deployed, Project } from '../../contract/settings.ts';

const hour = 3_600_000;
const day = 24 * hour;

export type Reminder = { readonly folder: string; readonly deployed: Deployed };

type Projects = Readonly<Record<string, Project>>;

/**
 * The projects for which a reminder is due at a time: the chosen number of hours after the apply, and
 * every day from then on. After a destroy it is due only once, since nobody knows what that left behind.
 * Times are epoch milliseconds.
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
  // Nobody knows whether the destroy removed everything; the user is asked once.
  if (destroyRanAt !== null && remindedAt !== null && remindedAt >= destroyRanAt) return null;
  const first = isBeyondClock(at, now) ? now : at + remindAfterHours * hour;
  return remindedAt === null || isBeyondClock(remindedAt, now) ? first : Math.max(first, remindedAt + day);
}

/**
 * A past event that lies in the future is from before the clock was set back. If that was by less than
 * a day, the wait only gets that much longer; if by more, there might be no reminder for years.
 */
function isBeyondClock(time: number, now: number): boolean {
  return time > now + day;
}
