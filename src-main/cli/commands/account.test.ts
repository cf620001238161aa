import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListedAccount } from '../../contract/local-api.ts';
import { CliRig } from '../../../testing/rigs/cli-rig.ts';

const sandbox: ListedAccount = {
  accountId: '111111111111',
  name: null,
  alias: 'example-dev',
  color: 'pink',
  production: false,
  profiles: ['default'],
  projects: [],
};
const target: ListedAccount = {
  accountId: '222222222222',
  name: 'prod-eu',
  alias: null,
  color: 'red',
  production: true,
  profiles: ['deploy', 'audit'],
  projects: ['/home/network'],
};

let rig: CliRig;
beforeEach(async () => {
  rig = await CliRig.open();
  await rig.startApp({ accounts: [200, { accounts: [sandbox, target] }], 'mark-account': [200, { account: target }] });
});
afterEach(() => rig.close());

const account = (...args: string[]) => rig.run(['account', ...args]);
const marked = () => rig.asked.flatMap(({ name, fields: { pid: _pid, ...marks } }) => (name === 'mark-account' ? [marks] : []));

describe.skipIf(process.platform === 'win32')('sts-tray account', () => {
  it('sts-tray account lists all accounts, what they are called, and where they are known from', async () => {
    expect(await account()).toEqual({
      code: 0,
      stdout: [
        'ACCOUNT         NAME         COLOUR  PRODUCTION  KNOWN FROM',
        '1111-1111-1111  example-dev  pink    -           profile default',
        '2222-2222-2222  prod-eu      red     production  profile deploy, profile audit, /home/network',
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(marked()).toEqual([]);
  });

  it('sts-tray account shows one account, also written as the AWS console shows it, and in JSON', async () => {
    expect(JSON.parse((await account('2222-2222-2222', '--json')).stdout)).toEqual([target]);
    expect(await account('444444444444')).toMatchObject({
      code: 1,
      stderr: 'sts-tray: Nothing is known of account 444444444444. A name or a mark makes it known.\n',
    });
  });

  it('sts-tray account says that a window waits, where it takes something from production', async () => {
    expect((await account('222222222222', '--no-production')).stderr).toContain('Confirm it in the window of STS Tray, which waits 2 minutes.');
    expect((await account('222222222222', '--name', 'sandbox')).stderr).toContain('Confirm it in the window of STS Tray');
    expect((await account('222222222222', '--name', 'prod-eu', '--colour', 'blue')).stderr).toBe('');
    expect((await account('111111111111', '--name', 'sandbox', '--no-production')).stderr).toBe('');
  });

  it('sts-tray account marks only what it is told to, and takes marks back', async () => {
    expect((await account('222222222222', '--name', 'prod-eu', '--production')).stdout).toContain('2222-2222-2222  prod-eu');
    await account('222222222222', '--colour=red');
    await account('222222222222', '--name=', '--colour', 'automatic', '--no-production');
    expect(marked()).toEqual([
      { accountId: '222222222222', name: 'prod-eu', production: true },
      { accountId: '222222222222', color: 'red' },
      { accountId: '222222222222', name: null, color: null, production: false },
    ]);
  });

  it.each([
    [['--production'], 'account needs ACCOUNT.'],
    [['prod-eu'], 'An account ID has 12 digits, such as 222222222222, and is not “prod-eu”.'],
    [['222222222222', '--colour', 'mauve'], '“mauve” is not one of blue'],
    [['222222222222', '--production', '--no-production'], 'account takes one of --production, --no-production, not both.'],
    [['222222222222', '--name', ' x'], 'An account’s name has at most 60 characters'],
    [['222222222222', '--name', 'a'.repeat(61)], 'An account’s name has at most 60 characters'],
    [['222222222222', '--name', 'a\u001b[2Jb'], 'not “a[2Jb”'],
    [['222222222222', 'more'], 'Unexpected argument “more”.'],
  ])('sts-tray account refuses %o', async (args, sentence) => {
    const { code, stderr } = await account(...args);
    expect(stderr).toContain(sentence);
    expect({ code, asked: rig.asked }).toEqual({ code: 2, asked: [] });
  });
});
