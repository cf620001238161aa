import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliRig } from '../../../../testing/rigs/cli-rig.ts';

const limit = '0123456789abcdef0123456789abcdef01234567';
const audit = 'arn:aws:iam::111122223333:policy/team/Audit,2';
const managed = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:Get*'], Resource: '*' }] };

let rig: CliRig;
beforeEach(async () => {
  rig = await CliRig.open();
  await writeFile(join(rig.folder, 'policy.json'), JSON.stringify(policy, null, 4));
  await rig.startApp({ terminal: [200, { terminal: 'xterm' }] });
});
afterEach(() => rig.close());

const asked = async (policies: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const outcome = await rig.run(['terminal', 'prod', ...policies.flatMap((word) => ['--policy', word])], { env: { DISPLAY: ':0', ...env } });
  return { ...outcome, fields: rig.asked.at(-1)?.fields };
};

describe.skipIf(process.platform === 'win32')('--policy', () => {
  it('--policy takes the word read-only, ARNs of managed policies, and a file, whose spaces do not count', async () => {
    const { fields } = await asked(['read-only', audit, 'policy.json', managed]);
    expect(fields?.['policies']).toEqual({ readOnly: true, arns: [audit, managed], document: { name: 'policy.json', text: JSON.stringify(policy) } });
    expect((await asked([])).fields).not.toHaveProperty('policies');
  });

  it('--policy writes what AWS takes of no other character in the way that JSON has for it', async () => {
    await writeFile(join(rig.folder, 'names.json'), JSON.stringify({ Id: '監査' }));
    expect((await asked(['names.json'])).fields?.['policies']).toMatchObject({ document: { text: '{"Id":"\\u76e3\\u67fb"}' } });
  });

  it('--policy leaves numbers and texts as they are written, and names that stand in several objects', async () => {
    const text =
      '{"Id":"a : b  \\"c\\" {","Statement":[{"Sid":"1","Condition":{"NumericLessThan":{"s3:max-keys":12345678901234567890}}},{"Sid":"1","Sid2":1.0}]}';
    await writeFile(join(rig.folder, 'numbers.json'), text.replaceAll(',"S', ' ,\n\t"S'));
    expect((await asked(['numbers.json'])).fields?.['policies']).toMatchObject({ document: { text } });
  });

  it('a terminal or run with a limited session says so, whatever it asks for', async () => {
    expect((await asked([], { STS_TRAY_LIMIT: limit })).fields).toMatchObject({ profile: 'prod', callerLimit: limit });
    await rig.run(['export', 'prod'], { env: { STS_TRAY_LIMIT: limit } });
    expect(rig.asked.at(-1)).toMatchObject({ name: 'hand-off', fields: { callerLimit: limit } });
    await rig.run(['credential-process', `--limit-id=${limit}`, 'prod'], { env: { STS_TRAY_LIMIT: limit } });
    expect(rig.asked.at(-1)).toMatchObject({ name: 'credential-process', fields: { limit, callerLimit: limit } });
    await rig.run(['console', 'prod'], { env: { STS_TRAY_LIMIT: limit } });
    expect(rig.asked.at(-1)).toMatchObject({ name: 'console', fields: { callerLimit: limit } });
  });

  it.each([
    [
      ['nowhere.json'],
      'The session policy FOLDER/nowhere.json cannot be read (ENOENT). Give --policy the word read-only, the ARN of a managed policy, or a file that has a policy.',
    ],
    [
      ['readonly'],
      'The session policy FOLDER/readonly cannot be read (ENOENT). Give --policy the word read-only, the ARN of a managed policy, or a file that has a policy.',
    ],
    [
      ['folder'],
      'The session policy FOLDER/folder cannot be read (EISDIR). Give --policy the word read-only, the ARN of a managed policy, or a file that has a policy.',
    ],
    [['list.json'], 'FOLDER/list.json holds no policy: a policy is an object of JSON. Correct the file, or give --policy another one.'],
    [
      ['twice.json'],
      'FOLDER/twice.json has Statement twice in one object, and AWS would see only one of them. Put both into one, as two statements go into the list of one Statement.',
    ],
    [
      ['policy.json', 'list.json'],
      'There are several files with a session policy, and AWS takes one. Put their statements into one file, or use managed policies by their ARNs.',
    ],
    [
      ['long.json'],
      'The session policies have 2109 characters without spaces, and AWS takes 2048 in all. Shorten the policy, or put the permissions into a managed policy and pass its ARN.',
    ],
    [
      Array.from({ length: 11 }, (_, index) => `arn:aws:iam::aws:policy/P${index}`),
      'There are 11 managed policies, and AWS takes 10 for a session. Leave some of them out, or put their statements into one policy.',
    ],
  ])('--policy %j is refused before the app is asked', async (policies, sentence) => {
    await mkdir(join(rig.folder, 'folder'));
    await writeFile(join(rig.folder, 'list.json'), '[]');
    await writeFile(join(rig.folder, 'twice.json'), '{"Statement":[{"Effect":"Deny","Action":"*"}],\n"St\\u0061tement" : [{"Effect":"Allow"}]}');
    await writeFile(join(rig.folder, 'long.json'), JSON.stringify({ Id: 'x'.repeat(2_100) }));
    const { code, stderr, fields } = await asked(policies);
    expect(stderr).toBe(`sts-tray: ${sentence.replaceAll('FOLDER', rig.folder)}\n`);
    expect(code).toBe(1);
    expect(fields).toBeUndefined();
  });

  it('--policy does not go with the length of a session', async () => {
    const { code, stderr } = await rig.run(['login', 'prod', '--policy', 'read-only', '--duration', '8h']);
    expect(stderr).toBe(
      'sts-tray: --duration does not go with --policy: a limited session lasts an hour at most, and is renewed automatically. See “sts-tray help login”.\n',
    );
    expect(code).toBe(2);
  });

  it('sts-tray status tells a limited session from the profile’s own one', async () => {
    const session = {
      profile: 'prod',
      kind: 'role',
      accountId: '111122223333',
      accountAlias: null,
      arn: 'arn:x',
      expiration: '2026-11-23T20:00:00Z',
      secondsLeft: 60,
    };
    rig.replies = { status: [200, { sessions: [session, { ...session, policies: ['read-only', 'Audit'] }] }] };
    const { stdout } = await rig.run(['status']);
    expect(stdout).toMatch(/^prod +111122223333/m);
    expect(stdout).toMatch(/^prod \(read-only, Audit\) +111122223333/m);
  });
});
