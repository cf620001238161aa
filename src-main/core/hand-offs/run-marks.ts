/** The variables by which a program, or another run, learns that its environment belongs to a run of the relay. */
export const runMarks = {
  /** The run's ID; no secret. */
  run: 'STS_TRAY_RUN',
  /** What the user's own `AWS_ENDPOINT_URL_STS` was; empty for none. */
  ownEndpoint: 'STS_TRAY_AWS_ENDPOINT_URL_STS',
  /** The same of the variable that lets endpoints be ignored. */
  ownIgnoring: 'STS_TRAY_AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
} as const;
