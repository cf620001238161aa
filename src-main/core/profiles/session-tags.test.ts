import { describe, expect, it } from 'vitest';
import { parseSessionTags } from './session-tags.ts';

const none = { sessionTags: [], transitiveTagKeys: [] };

describe('session tags', () => {
  it('there are no session tags when a profile names none', () => {
    expect(parseSessionTags(undefined, undefined)).toEqual(none);
  });

  it('session tags are pairs between commas, with or without spaces', () => {
    expect(parseSessionTags('team=ops, cost center = 42', 'team , cost center')).toEqual({
      sessionTags: [
        { key: 'team', value: 'ops' },
        { key: 'cost center', value: '42' },
      ],
      transitiveTagKeys: ['team', 'cost center'],
    });
  });

  it('session tags may have an equals sign in the value, or an empty value', () => {
    expect(parseSessionTags('expr=a=b,empty=', undefined)?.sessionTags).toEqual([
      { key: 'expr', value: 'a=b' },
      { key: 'empty', value: '' },
    ]);
  });

  it.each(['team', 'team=ops,', '=ops', 'team=ops,team', 'team=a;b', `${'k'.repeat(129)}=v`, `k=${'v'.repeat(257)}`])(
    'session tags are refused as %j',
    (tags) => {
      expect(parseSessionTags(tags, undefined)).toBeNull();
    },
  );

  it('session tags are refused when two keys differ in case only, which STS takes for the same key', () => {
    expect(parseSessionTags('team=a,Team=b', undefined)).toBeNull();
  });

  it('session tags are 50 at most', () => {
    const tags = (count: number) => Array.from({ length: count }, (_, index) => `k${index}=v`).join(',');
    expect(parseSessionTags(tags(50), undefined)?.sessionTags).toHaveLength(50);
    expect(parseSessionTags(tags(51), undefined)).toBeNull();
  });

  it('session tags are refused when a transitive key is empty', () => {
    expect(parseSessionTags('team=ops', 'team,,other')).toBeNull();
  });
});
