import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';

const it = withBroker(() => ({
  config: '[profile base]\nmfa_process = pass otp aws\n\n[profile team]\nregion = us-east-1\n',
  cipher: testCipher(),
}));

/** Stands in for aws-vault, which no package of Debian has: `answers` is what it prints for each profile, by its last argument. */
function standIn(rig: BrokerRig, answers: Readonly<Record<string, string>>): Promise<void> {
  const answering = Object.entries(answers).map(([profile, answer]) => `[ "$4" = ${profile} ] && printf '%s' '${answer}' && exit 0`);
  return rig.addProgram('aws-vault', [
    `[ "$1 $2 $3 $#" = 'export --no-session --format=json 4' ] || exit 9`,
    ...answering,
    'echo "aws-vault: error: export: $4 not found" >&2',
    'exit 1',
  ]);
}

const keyOf = ({ aws }: BrokerRig) => JSON.stringify({ Version: 1, AccessKeyId: aws.alice.accessKeyId, SecretAccessKey: aws.alice.secretAccessKey });

const offered = (rig: BrokerRig) => rig.store.state.otherTools.flatMap(({ keysOf }) => keysOf.map(({ profile }) => profile));

describe('a tool that the user had before', () => {
  it('a tool that the user had before is told of until there has been a session, with the profiles whose keys it keeps', async ({ rig }) => {
    expect(offered(rig)).toEqual(['base', 'team']);
    await mkdir(join(rig.store.state.desktop.home, '.granted'));
    await rig.broker.loadConfig();
    expect(rig.store.state.otherTools.map(({ tool }) => tool)).toEqual(['aws-vault', 'granted']);
    await rig.startSession();
    await rig.broker.loadConfig();
    expect(rig.store.state.otherTools).toEqual([]);
  });

  it('a tool that the user had before hands out its keys, which the keychain keeps, and none of its files is changed', async ({ rig }) => {
    await standIn(rig, { base: keyOf(rig), team: keyOf(rig) });
    const { config, credentials } = rig.store.state.files;
    const before = [await readFile(config, 'utf8'), await readFile(credentials, 'utf8')];
    await rig.broker.commands.bringKeysOver({ profiles: ['base', 'team'] });
    expect(rig.store.state.notice).toMatchObject({ kind: 'keys-brought-over', profiles: ['base', 'team'] });
    expect(['base', 'team'].map((name) => rig.store.profile(name)?.accessKey)).toEqual(['keychain', 'keychain']);
    expect([await readFile(config, 'utf8'), await readFile(credentials, 'utf8')]).toEqual(before);
    expect(rig.store.state.otherTools).toEqual([{ tool: 'aws-vault', keysOf: [] }]);
  });

  it('a tool that the user had before is not asked for a profile that is not offered', async ({ rig }) => {
    await standIn(rig, { default: keyOf(rig), other: keyOf(rig) });
    await rig.broker.commands.bringKeysOver({ profiles: ['default', 'other'] });
    expect(['default', 'other'].map((name) => rig.store.profile(name)?.accessKey)).toEqual(['files', 'files']);
  });

  it.for<[string, string | null, string]>([
    ['has no key for a profile', null, 'user-command-failed-saying'],
    ['prints what is no key', 'Enter passphrase to unlock', 'exported-key-unreadable'],
    [
      'prints a key that AWS does not take',
      '{"AccessKeyId":"AKIAIOSFODNN7EXAMPLE","SecretAccessKey":"abcdefghijklmnopqrstuvwxyz0123456789abcd"}',
      'access-key-unknown',
    ],
  ])('a tool that the user had before and that %s is told of, and the other keys are kept', async ([, answer, code], { rig }) => {
    await standIn(rig, { base: keyOf(rig), ...(answer === null ? {} : { team: answer }) });
    await rig.broker.commands.bringKeysOver({ profiles: ['team', 'base'] });
    expect(rig.store.state.notice).toMatchObject({ kind: 'failed', profile: 'team', error: { code } });
    expect(rig.store.profile('base')?.accessKey).toBe('keychain');
    expect(offered(rig)).toEqual(['team']);
  });

  it('a tool that the user had before and that is gone is told of', async ({ rig }) => {
    await rig.broker.commands.bringKeysOver({ profiles: ['base'] });
    expect(rig.store.state.notice).toMatchObject({ kind: 'failed', error: { code: 'user-command-not-found', params: { program: 'aws-vault' } } });
  });
});
