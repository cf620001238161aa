import { regionMark, regionNames, type Variables } from './exports.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Those of an environment that a hand-off set. */
export function handedRegions(env: Env): readonly string[] {
  const handed = env[regionMark];
  return handed === undefined ? [] : [...regionNames.filter((name) => env[name] === handed), regionMark];
}

/**
 * A hand-off to the program of an environment that may have a region of its own. That one goes before the profile's, as
 * for the AWS CLI and the SDKs, and each of them is to find the region that it would find without this app. So what is
 * set stays, `AWS_REGION` is not added to an `AWS_DEFAULT_REGION`, which it would win over, and what an earlier hand-off
 * set is replaced.
 */
export function withOwnRegion<H extends { readonly set: Variables; readonly unset: readonly string[] }>(handOff: H, env: Env): H {
  const handed = handedRegions(env);
  const own = regionNames.filter((name) => env[name] && !handed.includes(name));
  const kept: readonly string[] = own.includes('AWS_DEFAULT_REGION') ? [...regionNames, regionMark] : own;
  // By the mark, one that is the same would be taken for a hand-off's.
  const isOwn = ([name, value]: Variables[number]) => kept.includes(name) || (name === regionMark && own.some((other) => env[other] === value));
  const set = handOff.set.filter((variable) => !isOwn(variable));
  return { ...handOff, set, unset: [...handOff.unset, ...handed.filter((name) => !set.some(([other]) => other === name))] };
}
