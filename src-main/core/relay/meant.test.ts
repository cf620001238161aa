import { expect, it } from 'vitest';
import { accountsOf, meantBy } from './meant.ts';

const project = { folder: '/p', workspace: 'default', accountIds: ['222222222222'], undecided: null, onTheWay: ['hub'], ofState: [], placed: [] };
const said = { accounts: [], project, boundTo: [] };

it('--account counts before the binding of the folder, and that before what the project says', () => {
  const all = { accounts: ['111111111111'], project, boundTo: ['333333333333'] };
  expect(meantBy(all)).toEqual({ kind: 'stated', by: 'option', accountIds: ['111111111111'], onTheWay: ['hub'], ofState: [], placed: [] });
  expect(meantBy({ ...all, accounts: [] })).toEqual({ kind: 'bound', accountIds: ['333333333333'], onTheWay: ['hub'], ofState: [], placed: [] });
  expect(meantBy(said)).toEqual({ kind: 'stated', by: 'project', accountIds: ['222222222222'], onTheWay: ['hub'], ofState: [], placed: [] });
});

it('of a binding the accounts count that are meant for what is still undecided, where that is known', () => {
  const boundTo = ['111111111111', '222222222222'];
  const accounts = (undecided: string[] | null) => accountsOf(meantBy({ ...said, project: { ...project, undecided }, boundTo }));
  expect([accounts(null), accounts(['222222222222'])]).toEqual([boundTo, ['222222222222']]);
});

it('where nobody says anything, nothing is meant', () => {
  const meant = meantBy({ ...said, project: { ...project, accountIds: [] } });
  expect([meant.kind, accountsOf(meant)]).toEqual(['nothing', []]);
});

it('profiles on the way count whatever says what is meant', () => {
  for (const accounts of [['111111111111'], []])
    expect(meantBy({ ...said, accounts, project: { ...project, profiles: ['state'] } })).toMatchObject({ profiles: ['state'] });
});
