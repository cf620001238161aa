/** How much longer than the longest run before it a run may take, in seconds. */
const marginSeconds = 60;

type Runway = {
  /** The longest of the last runs of this kind in the folder; null before the first one. */
  readonly longestSeconds: number | null;
  readonly leftSeconds: number;
  /** How long a new session lasts. It does not help a run that takes longer. */
  readonly newSeconds: number;
};

/** Whether the session is likely to end before the run does, so that a new one is worth its code. */
export function isRunwayShort({ longestSeconds, leftSeconds, newSeconds }: Runway): boolean {
  if (longestSeconds === null) return false;
  return leftSeconds < Math.min(longestSeconds + marginSeconds, newSeconds - marginSeconds);
}
