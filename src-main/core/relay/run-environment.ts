import { wayVariables, type WayVariables } from '../../contract/relay.ts';
import type { Variables } from '../hand-offs/exports.ts';

/** The variables that lead a run's calls of STS to the relay, and those that would lead them past it. */
export type RunEnvironment = { readonly set: Variables; readonly unset: readonly string[] };

/** Keeps the endpoint that the user had set, for a run that is started within a run. */
const ownEndpointMark = 'STS_TRAY_AWS_ENDPOINT_URL_STS';

/** What an environment says about the way to STS, past the relay of a run that it may belong to. */
export function wayOf(env: Readonly<Record<string, string | undefined>>): WayVariables {
  const own = env[ownEndpointMark];
  const found: Readonly<Record<string, string | undefined>> = { ...env, ...(own === undefined ? {} : { AWS_ENDPOINT_URL_STS: own }) };
  return Object.fromEntries(wayVariables.flatMap((name) => (found[name] === undefined ? [] : [[name, found[name]]])));
}

/**
 * `AWS_ENDPOINT_URL_STS` is what SDKs, the `s3` backend and Terraform's provider from 5.31 on read;
 * older providers read `TF_AWS_STS_ENDPOINT` from 4.1 on, and `AWS_STS_ENDPOINT` before. A variable
 * that lets endpoints be ignored has to go.
 */
export function runEnvironment(address: string, env: WayVariables): RunEnvironment {
  const ignores = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS !== undefined;
  return {
    set: [
      ['AWS_ENDPOINT_URL_STS', address],
      ['AWS_STS_ENDPOINT', address],
      ['TF_AWS_STS_ENDPOINT', address],
      [ownEndpointMark, env.AWS_ENDPOINT_URL_STS ?? ''],
      ...directVariables(env),
    ],
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
