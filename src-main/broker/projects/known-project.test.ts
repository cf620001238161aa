import { expect, it } from 'vitest';
import { accountsBoundTo } from './known-project.ts';

it('a workspace called as a part of every object is bound to no account until somebody binds it', () => {
  const project = { profile: null, accounts: {}, runSeconds: { apply: [], destroy: [] }, remindAfterHours: null, deployed: null };
  expect(accountsBoundTo({ projects: { '/work': project } }, { folder: '/work', workspace: 'constructor' })).toEqual([]);
});
