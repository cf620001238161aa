import { describe, expect, it } from 'vitest';
import { appEnvironment } from '../relay/app-environment.ts';
import { regionVariables, type Variables } from './exports.ts';
import { handedRegions, withOwnRegion } from './region-variables.ts';

type Env = Readonly<Record<string, string>>;

/** The environment of a program that gets a hand-off of a profile with this region. */
function handedTo(env: Env, region: string | null): Record<string, string> {
  const handOff: { readonly set: Variables; readonly unset: readonly string[] } = { set: regionVariables(region), unset: [] };
  const { set, unset } = withOwnRegion(handOff, env);
  const kept = Object.entries(env).filter(([name]) => !unset.includes(name));
  return { ...Object.fromEntries(kept), ...Object.fromEntries(set) };
}

const marked = (region: string) => ({ AWS_REGION: region, AWS_DEFAULT_REGION: region, STS_TRAY_REGION: region });

describe('the region of a hand-off', () => {
  it('the region of a hand-off is the profile’s under both names where the caller has none, or an empty one', () => {
    expect(handedTo({}, 'eu-west-1')).toEqual(marked('eu-west-1'));
    expect(handedTo({ AWS_REGION: '', AWS_DEFAULT_REGION: '' }, 'eu-west-1')).toEqual(marked('eu-west-1'));
    expect(handedTo({}, null)).toEqual({});
  });

  it('the region of a hand-off is the caller’s AWS_REGION for those who read it, and the profile’s for botocore, which does not', () => {
    expect(handedTo({ AWS_REGION: 'us-east-2' }, 'eu-west-1')).toMatchObject({ AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'eu-west-1' });
    expect(handedTo({ AWS_REGION: 'us-east-2' }, null)).toEqual({ AWS_REGION: 'us-east-2' });
  });

  it('the region of a hand-off is the caller’s AWS_DEFAULT_REGION, to which no AWS_REGION is added, as that would win', () => {
    expect(handedTo({ AWS_DEFAULT_REGION: 'us-east-2' }, 'eu-west-1')).toEqual({ AWS_DEFAULT_REGION: 'us-east-2' });
    const both = { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-2' };
    expect(handedTo(both, 'eu-west-1')).toEqual(both);
  });

  it('the region of a hand-off takes the place of that of an earlier hand-off, and of nothing that was set since', () => {
    const first = handedTo({}, 'eu-west-1');
    expect(handedTo(first, 'eu-central-1')).toEqual(marked('eu-central-1'));
    expect(handedTo(first, null)).toEqual({});
    expect(handedTo({ ...first, AWS_REGION: 'us-east-2' }, 'eu-central-1')).toMatchObject({ AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'eu-central-1' });
    expect(handedTo({ ...first, AWS_DEFAULT_REGION: 'us-east-2' }, 'eu-central-1')).toEqual({ AWS_DEFAULT_REGION: 'us-east-2' });
  });

  it('the region of a hand-off does not take the place of the caller’s own where both were once the same', () => {
    const within = handedTo({ AWS_REGION: 'eu-west-1' }, 'eu-west-1');
    expect(within).toEqual({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' });
    expect(handedTo(within, 'us-east-2')).toMatchObject({ AWS_REGION: 'eu-west-1' });
  });

  it('the region of a hand-off is not that of an app which is started from there', () => {
    expect(handedRegions({ ...marked('eu-west-1'), AWS_REGION: 'us-east-2' })).toEqual(['AWS_DEFAULT_REGION', 'STS_TRAY_REGION']);
    expect(appEnvironment({ ...marked('eu-west-1'), HOME: '/' })).toEqual({ HOME: '/' });
    expect(appEnvironment({ AWS_REGION: 'eu-west-1' })).toEqual({ AWS_REGION: 'eu-west-1' });
  });
});
