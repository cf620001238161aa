import { wayVariables, type WayVariables } from '../../contract/relay/way-variables.ts';
import type { Variables } from '../hand-offs/exports.ts';
import { keptUnder, relayVariables, runMarks, stsAddressVariables } from '../hand-offs/run-marks.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What an environment says about the way to STS, past the relay of a run that it may belong to. */
export function wayOf(env: Env): WayVariables {
  const found: Env = { ...env, ...ownVariables(env) };
  return Object.fromEntries(wayVariables.flatMap((name) => (found[name] === undefined ? [] : [[name, found[name]]])));
}

/** What leads the programs of an environment past the relay of the run that it belongs to, to where the user's own would have led. */
export function pastRelay(env: Env): { readonly set: Variables; readonly unset: readonly string[] } {
  if (env[runMarks.ownEndpoint] === undefined) return { set: [], unset: [] };
  const own = Object.entries(ownVariables(env));
  return {
    set: own.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    unset: relayVariables,
  };
}

/**
 * The variables that lead a run's calls of STS to the relay. The one that lets endpoints be ignored is said
 * to be false: left out, a profile could still say that it is true.
 */
export function runEnvironment({ run, address }: { readonly run: string; readonly address: string }, env: WayVariables): Variables {
  return [
    ...stsAddressVariables.map((name) => [name, address] as const),
    ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'false'],
    ...Object.entries(keptUnder).map(([name, mark]) => [mark, env[name as keyof typeof keptUnder] ?? ''] as const),
    [runMarks.run, run],
    ...directVariables(env),
  ];
}

/** The user's own, of an environment that belongs to a run: undefined for what was not set. */
function ownVariables(env: Env): Env {
  return Object.fromEntries(Object.entries(keptUnder).flatMap(([name, mark]) => (env[mark] === undefined ? [] : [[name, env[mark] || undefined]])));
}

/** Endpoints of other services that a run ignores by its environment, and must not find for being at the relay. */
export function ignoredEndpoints(env: Env): readonly string[] {
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() !== 'true') return [];
  return Object.keys(env).filter((name) => /^AWS_ENDPOINT_URL(_(?!STS$)\w+)?$/.test(name));
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
