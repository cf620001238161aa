import { describe, expect, it } from 'vitest';
import { runEnvironment } from '../relay/run-environment.ts';
import { awsVariables } from './exports.ts';
import { foreignVariable } from './hand-off-variables.ts';
import { staleVariables } from './stale-variables.ts';

describe('a variable of a hand-off', () => {
  it('a variable of a hand-off is what brings a session, what leads to the relay, and what would contradict either', () => {
    const session = awsVariables({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c', expiresAt: 0 }, 'eu-west-1');
    const relay = runEnvironment({ run: 'run', address: 'http://127.0.0.1:1/' }, { HTTP_PROXY: 'http://p:1' });
    expect(foreignVariable([...session, ...relay].map(([name]) => name))).toBeNull();
    expect(foreignVariable(staleVariables)).toBeNull();
    expect(foreignVariable(['AWS_CONFIG_FILE', 'AWS_SDK_LOAD_CONFIG', 'STS_TRAY_AWS_CONFIG_FILE', 'STS_TRAY_PROFILE', 'STS_TRAY_GUARD'])).toBeNull();
  });

  it.for([
    ...[
      'LD_PRELOAD',
      'LD_LIBRARY_PATH',
      'LD_AUDIT',
      'DYLD_INSERT_LIBRARIES',
      'BASH_ENV',
      'ENV',
      'PATH',
      'IFS',
      'PS4',
      'SHELLOPTS',
      'PROMPT_COMMAND',
      'ZDOTDIR',
    ],
    ...[
      'NODE_OPTIONS',
      'PYTHONSTARTUP',
      'PERL5OPT',
      'TF_CLI_ARGS',
      'TF_CLI_CONFIG_FILE',
      'GIT_SSH_COMMAND',
      'EDITOR',
      'HTTPS_PROXY',
      'AWS_CA_BUNDLE',
      'STS_TRAY_X',
    ],
    ...['', 'x; touch PWN', '-f AWS_PROFILE', 'AWS_PROFILE;id', 'AWS_PROFILE\nid', 'aws_profile', '$(id)', 'toString', '__proto__'],
  ])('a variable of a hand-off is never %j', (name) => {
    expect(foreignVariable(['AWS_REGION', name])).toBe(name);
  });
});
