import { wayVariables, type WayVariables } from '../../contract/relay.ts';
import type { Variables } from '../hand-offs/exports.ts';

/** Keeps the endpoint that the user had set, for a run that is started within a run. */
const ownEndpointMark = 'STS_TRAY_AWS_ENDPOINT_URL_STS';

/** What an environment says about the way to STS, past the relay of a run that it may belong to. */
export function wayOf(env: Readonly<Record<string, string | undefined>>): WayVariables {
  const own = env[ownEndpointMark];
  const found: Readonly<Record<string, string | undefined>> = { ...env, ...(own === undefined ? {} : { AWS_ENDPOINT_URL_STS: own }) };
  return Object.fromEntries(wayVariables.flatMap((name) => (found[name] === undefined ? [] : [[name, found[name]]])));
}

/**
 * The variables that lead a run's calls of STS to the relay. `AWS_ENDPOINT_URL_STS` is what SDKs, the
 * `s3` backend and Terraform's provider from 5.31 on read; older providers read `TF_AWS_STS_ENDPOINT`
 * from 4.1 on, and `AWS_STS_ENDPOINT` before. The variable that lets endpoints be ignored is said to
 * be false: left out, a profile could still say that it is true.
 */
export function runEnvironment(address: string, env: WayVariables): Variables {
  return [
    ['AWS_ENDPOINT_URL_STS', address],
    ['AWS_STS_ENDPOINT', address],
    ['TF_AWS_STS_ENDPOINT', address],
    ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'false'],
    [ownEndpointMark, env.AWS_ENDPOINT_URL_STS ?? ''],
    ...directVariables(env),
  ];
}

/** Endpoints of other services that a run ignores by its environment, and must not find for being at the relay. */
export function ignoredEndpoints(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() !== 'true') return [];
  return Object.keys(env).filter((name) => /^AWS_ENDPOINT_URL(_(?!STS$)|$)/.test(name));
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
