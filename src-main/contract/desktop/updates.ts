/** A version of the app that the project's feed tells of. */
export type NewVersion = {
  readonly version: string;
  /** The day of its release, such as `2026-12-24`. */
  readonly date: string;
  /** Where to read about it: an https address below the project's page. */
  readonly notes: string;
};
