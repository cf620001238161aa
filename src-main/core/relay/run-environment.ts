import type { Variables } from '../hand-offs/exports.ts';

/** What a run's environment says about its way to STS; the relay goes the same way. */
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

/** The variables that lead a run's calls of STS to the relay, and those that would lead them past it. */
export type RunEnvironment = { readonly set: Variables; readonly unset: readonly string[] };

/**
 * `AWS_ENDPOINT_URL_STS` is what SDKs, the `s3` backend and Terraform's provider from 5.31 on read;
 * older providers read `TF_AWS_STS_ENDPOINT` from 4.1 on, and `AWS_STS_ENDPOINT` before. A variable
 * that lets endpoints be ignored has to go.
 */
export function runEnvironment(address: string, env: WayVariables): RunEnvironment {
  const ignores = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS !== undefined;
  return {
    set: [['AWS_ENDPOINT_URL_STS', address], ['AWS_STS_ENDPOINT', address], ['TF_AWS_STS_ENDPOINT', address], ...directVariables(env)],
    unset: ignores ? ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] : [],
  };
}

/**
 * Keeps a proxy away from the relay. Only where there is one: Python takes `no_proxy` alone for a
 * whole configuration, and would not look at the system's any more.
 */
function directVariables(env: WayVariables): Variables {
  if (!(env.http_proxy || env.HTTP_PROXY || env.all_proxy || env.ALL_PROXY)) return [];
  const names = env.no_proxy ?? env.NO_PROXY ?? '';
  const direct = names.split(/[\s,]+/).some((name) => name === '*' || name === '127.0.0.1') ? names : [names, '127.0.0.1'].filter(Boolean).join(',');
  return [
    ['NO_PROXY', direct],
    ['no_proxy', direct],
  ];
}
