import { describe, expect, it } from 'vitest';
import { agoFrom, historyRecords, keyIds } from '../../gallery/states/gallery-sheet-samples.ts';
import { filterHistory } from './history-filter.ts';

const records = historyRecords(agoFrom(new Date(2030, 0, 2, 12).getTime()));
const found = (typed: string) => filterHistory(records, typed);

describe('the filter of the history', () => {
  it('the filter of the history shows everything when nothing is typed', () => {
    expect(found('  ')).toBe(records);
  });

  it.each([
    ['a program', 'Terraform APPLY', keyIds.role],
    ['an access key ID', keyIds.earlier.toLowerCase(), keyIds.earlier],
    ['an account ID in groups', '5555 6666 7777', keyIds.changed],
    ['full-width letters', 'ｎｅｔｗｏｒｋ', keyIds.changed],
  ])('the filter of the history finds a session by %s', (_, typed, accessKeyId) => {
    expect(found(typed)).toEqual([expect.objectContaining({ record: 'session', accessKeyId })]);
  });

  it('the filter of the history finds by alias and profile, with every word', () => {
    expect(new Set(found('example-production prod').map(({ profile }) => profile))).toEqual(new Set(['prod']));
    expect(found('example-production default')).toEqual([]);
  });

  it('the filter of the history finds what was done to access keys and by policies', () => {
    expect(found(keyIds.fresh).map(({ record }) => record)).toEqual(['access-key', 'access-key']);
    expect(found('user/alice').map(({ record }) => record)).toEqual(['revocation-removed', 'revoked']);
  });
});
