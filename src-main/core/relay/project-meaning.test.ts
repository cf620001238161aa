import { expect, it } from 'vitest';
import type { ProjectReading } from '../../contract/terraform-project.ts';
import { projectMeaning } from './project-meaning.ts';

const role = (arn: string) => ({ roleArn: { kind: 'known' as const, value: arn }, externalId: null, sessionName: null });
const unknownRole = { ...role(''), roleArn: { kind: 'unknown' as const, expression: 'var.role' } };
const credentials = { region: null, profile: null, ownCredentials: [] };
const provider = {
  address: 'aws',
  place: null,
  ...credentials,
  allowedAccountIds: null,
  forbiddenAccountIds: null,
  doubts: [],
  foreignSource: null,
  use: 'files' as const,
};
const reading = (rest: Partial<ProjectReading>): ProjectReading => ({
  folder: '/p',
  workspace: 'default',
  providers: [],
  statements: [],
  backend: null,
  unreadModules: [],
  runsElsewhere: null,
  stateRoles: [],
  pastRelay: null,
  ...rest,
});

it('of a program that may do anything with the project, several accounts for several providers say nothing', () => {
  const one = { ...provider, assumeRoles: [], allowedAccountIds: { kind: 'known' as const, value: ['222222222222'] } };
  const other = { ...one, address: 'aws.prod', allowedAccountIds: { kind: 'known' as const, value: ['333333333333'] } };
  expect(projectMeaning(reading({ providers: [one] })).accountIds).toEqual(['222222222222']);
  expect(projectMeaning(reading({ providers: [one, other] })).accountIds).toEqual([]);
  expect(projectMeaning(reading({ providers: [one, other] }), { stated: ['222222222222', '333333333333'], rows: [] }).accountIds).toHaveLength(2);
});

it('the accounts are those that the project names, the roles on the way those before the last, and those of states the backend’s and of what is read', () => {
  const project = reading({
    providers: [
      { ...provider, assumeRoles: [role('hub'), role('target')], allowedAccountIds: { kind: 'known', value: ['222222222222', 'prod'] } },
      { ...provider, address: 'aws.other', assumeRoles: [role('hub'), unknownRole, role('other')] },
    ],
    stateRoles: ['shared'],
    backend: { place: { file: 'main.tf', line: 1 }, ...credentials, assumeRoles: [role('state')] },
  });
  const common = { accountIds: ['222222222222'], undecided: null, ofState: ['state', 'shared'], placed: [] };
  expect(projectMeaning(project, { stated: ['222222222222'], rows: [] })).toMatchObject({ onTheWay: ['hub'] });
  expect(projectMeaning(project, { stated: ['222222222222'], rows: [] })).not.toHaveProperty('perhapsOnTheWay');
  // Of what was not judged any provider could stop there.
  expect(projectMeaning(project)).toEqual({ ...common, onTheWay: [], perhapsOnTheWay: ['hub'] });
});

it('the profiles on the way are those of states, and those with which a provider assumes a role; of what was not judged there are none', () => {
  const named = (name: string) => ({ kind: 'known' as const, value: name });
  const project = reading({
    providers: [
      { ...provider, profile: named('hub'), assumeRoles: [role('target')] },
      { ...provider, address: 'aws.prod', profile: named('prod'), assumeRoles: [] },
      { ...provider, address: 'aws.unused', profile: named('unused'), assumeRoles: [role('target')], use: 'nothing' },
    ],
    stateProfiles: ['shared'],
    backend: { place: { file: 'main.tf', line: 1 }, ...credentials, profile: named('state'), assumeRoles: [] },
  });
  expect(projectMeaning(project, { stated: [], rows: [] }).profiles).toEqual(['hub', 'state', 'shared']);
  expect(projectMeaning(project)).not.toHaveProperty('profiles');
});
