import { describe, expect, it } from 'vitest';
import { awsFiles } from './environment.ts';

const nothing = { config: null, credentials: null };
const configOf = (path: string, env: NodeJS.ProcessEnv = {}) => awsFiles({ HOME: '/home/alice', ...env, AWS_CONFIG_FILE: path }, () => nothing).config;

describe('the place of an AWS file', () => {
  it.each([
    ['$HOME/aws/config', '/home/alice/aws/config'],
    ['${HOME}/aws/config', '/home/alice/aws/config'],
    ['~/aws/config', '/home/alice/aws/config'],
    ['$TEAM/config', '/srv/team/config'],
    ['/srv/$TEAM_NAME/config', '/srv/$TEAM_NAME/config'],
    ['/srv/${/config', '/srv/${/config'],
    ['/srv/a~/config', '/srv/a~/config'],
  ])('the place of an AWS file may name variables, which count as for the AWS CLI: %s', (path, expected) => {
    expect(configOf(path, { TEAM: '/srv/team' })).toBe(expected);
  });

  it('the place of an AWS file that was chosen in the app is taken as it is', () => {
    const files = awsFiles({ HOME: '/home/alice' }, () => ({ config: '/srv/$HOME/config', credentials: null }));
    expect(files).toMatchObject({ config: '/srv/$HOME/config', credentials: '/home/alice/.aws/credentials' });
  });
});
