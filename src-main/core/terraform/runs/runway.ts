/** What a run may take longer than the longest one before, in seconds. */
const marginSeconds = 60;

type Runway = {
  /** Of the last runs of the kind in the folder; null before the first. */
  readonly longestSeconds: number | null;
  readonly leftSeconds: number;
  /** How long a new session lasts: a run that takes longer is not helped by one. */
  readonly newSeconds: number;
};

/** Whether the session is likely to end before the run does, so that a new one is worth its code. */
export function isRunwayShort({ longestSeconds, leftSeconds, newSeconds }: Runway): boolean {
  if (longestSeconds === null) return false;
  return leftSeconds < Math.min(longestSeconds + marginSeconds, newSeconds - marginSeconds);
}
