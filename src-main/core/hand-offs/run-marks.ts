/** The variables by which a program, or another run, learns that its environment belongs to a run of the relay. */
export const runMarks = {
  /** The run's ID; no secret. */
  run: 'STS_TRAY_RUN',
  /** What the user's own `AWS_ENDPOINT_URL_STS` was; empty for none. */
  ownEndpoint: 'STS_TRAY_AWS_ENDPOINT_URL_STS',
  /** The same of the variable that lets endpoints be ignored. */
  ownIgnoring: 'STS_TRAY_AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
} as const;

/** The run around a command that has no run of the relay of its own, and in which an `exec` keeps to what that run is for all the same. */
export const aroundMark = 'STS_TRAY_RUN_AROUND';

/** The variable by which a command knows that it is in a run or a terminal with one profile alone, and starts no other kind. */
export const onlyMark = 'STS_TRAY_ONLY';

/** What STS's address is called: by SDKs, the `s3` backend and Terraform's provider from 5.31 on; by providers from 4.1 on; by those before. */
export const stsAddressVariables = ['AWS_ENDPOINT_URL_STS', 'TF_AWS_STS_ENDPOINT', 'AWS_STS_ENDPOINT'] as const;

/** The variables of the user's own that lead to the relay in a run, and where they are kept meanwhile. */
export const keptUnder = {
  AWS_ENDPOINT_URL_STS: runMarks.ownEndpoint,
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: runMarks.ownIgnoring,
} as const;

/** All that leads to the relay in a run. */
export const relayVariables = [...new Set([...stsAddressVariables, ...Object.keys(keptUnder), ...Object.values(runMarks)])];

/** Lines for a POSIX shell that lead a program past the relay of the run that it belongs to, to where the user's own variables would have led. */
export const pastRelayLines = linesWithout(relayVariables);

/** The same for one that stays in its run, which has a say in the sessions that it gets. */
export const pastRelayInRunLines = linesWithout(relayVariables.filter((name) => name !== runMarks.run));

function linesWithout(names: readonly string[]): string {
  return `if [ "\${${runMarks.ownEndpoint}+set}" ]; then
  sts_own_endpoint=$${runMarks.ownEndpoint} sts_own_ignoring=\${${runMarks.ownIgnoring}-}
  unset ${names.join(' ')}
  if [ "$sts_own_endpoint" ]; then export AWS_ENDPOINT_URL_STS="$sts_own_endpoint"; fi
  if [ "$sts_own_ignoring" ]; then export AWS_IGNORE_CONFIGURED_ENDPOINT_URLS="$sts_own_ignoring"; fi
fi
`;
}

/** The variable that says which limit the session of a terminal or a run has. What has it gets no other session from the app. */
export const limitVariable = 'STS_TRAY_LIMIT';
