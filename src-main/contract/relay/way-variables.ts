// Apart from the schemas, as `src-main/contract/limits.ts` is: every start of the app and of a command goes by it before it loads their library.

/** What the environment of a run may say about its way to STS; the relay goes the same way. */
export const wayVariables = [
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_ENDPOINT_URL_STS',
  'AWS_ENDPOINT_URL',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_STS_REGIONAL_ENDPOINTS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_CA_BUNDLE',
  'REQUESTS_CA_BUNDLE',
  'http_proxy',
  'HTTP_PROXY',
  'https_proxy',
  'HTTPS_PROXY',
  'all_proxy',
  'ALL_PROXY',
  'no_proxy',
  'NO_PROXY',
] as const;

export type WayVariables = Partial<Readonly<Record<(typeof wayVariables)[number], string>>>;
