import { writeFileSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GuardReport } from '../../contract/guard.ts';
import type { ProjectReading } from '../../contract/terraform-project.ts';
import { CliRig, type Reply } from '../../../testing/rigs/cli-rig.ts';
import { awsBlock, parameter } from '../../../testing/terraform/written-project.ts';

const handOff = { accountId: '111111111111', set: [], unset: [], expiration: '2026-11-23T20:00:00Z', guardFolder: null, runFifo: null };
const report: GuardReport = {
  folder: '/project',
  workspace: 'default',
  profile: 'default',
  verdict: 'match',
  rows: [],
  production: [],
  statementLines: null,
  state: { role: null, profile: null, account: null },
  boundTo: [],
  stated: [],
  obstacles: [],
};

let rig: CliRig;
let marker: string;
beforeEach(async () => {
  rig = await CliRig.open();
  marker = join(rig.folder, 'ran');
  await mkdir(join(rig.folder, 'bin'));
  await writeFile(join(rig.folder, 'bin', 'terraform'), `#!/bin/sh\nprintf ran >'${marker}'\n`);
  await chmod(join(rig.folder, 'bin', 'terraform'), 0o755);
});
afterEach(() => rig.close());

const write = (account: string) => writeFile(join(rig.folder, 'main.tf'), awsBlock(account) + parameter());
const judged = () =>
  rig.asked.flatMap(({ name, fields }) => {
    const role = (fields['reading'] as ProjectReading | undefined)?.providers[0]?.assumeRoles[0]?.roleArn;
    return name === 'check' && role?.kind === 'known' ? [role.value.slice(13, 25)] : [];
  });
const apply = (more: readonly string[] = []) => {
  const env = { PATH: `${join(rig.folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` };
  return rig.run(['exec', 'default', ...more, '--', 'terraform', 'apply'], { env });
};

/** What the app answers, where somebody changes the project while the session is handed out. */
function changedMeanwhile(accounts: string[]): Readonly<Record<string, Reply>> {
  return {
    check: [200, { report, shortRunway: null }],
    get 'hand-off'(): Reply {
      const [next] = accounts.splice(0, 1);
      if (next !== undefined) writeFileSync(join(rig.folder, 'main.tf'), awsBlock(next) + parameter());
      return [200, handOff];
    },
  };
}

describe.skipIf(process.platform === 'win32')('a guarded run', () => {
  it('starts when the project says after the hand-off what was judged before', async () => {
    await write('222222222222');
    await rig.startApp(changedMeanwhile([]));
    expect((await apply()).code).toBe(0);
    expect(judged()).toEqual(['222222222222']);
    expect(await readFile(marker, 'utf8')).toBe('ran');
  });

  it('is judged anew when the project has changed meanwhile', async () => {
    await write('222222222222');
    await rig.startApp(changedMeanwhile(['333333333333']));
    expect((await apply()).code).toBe(0);
    expect(judged()).toEqual(['222222222222', '333333333333']);
  });

  it('of a program that starts Terraform itself goes to the relay with what the project says after the hand-off', async () => {
    await write('222222222222');
    await rig.startApp(changedMeanwhile(['333333333333']));
    await rig.run(['exec', 'default', '--', 'true'], { env: { PATH: process.env['PATH'] } });
    expect(rig.asked.filter(({ name }) => name === 'hand-off')).toHaveLength(2);
  });

  it('does not start while the project keeps changing', async () => {
    await write('222222222222');
    await rig.startApp(changedMeanwhile(['333333333333', '444444444444', '555555555555']));
    const { code, stderr } = await apply();
    expect(stderr).toContain('was changed again and again while it was checked; nothing was run.');
    expect(code).toBe(1);
    await expect(readFile(marker)).rejects.toThrow('ENOENT');
  });

  describe('of which only the run will show where it leads', () => {
    const relayRun = '0f7f4a3c-7f0e-4d55-9c51-5a1d1a1d1a1d';
    const late = { ...report, verdict: 'at-run-time', stated: ['222222222222'] };
    const open = (found: object, answer: object = { ...handOff, relayRun }) =>
      rig.startApp({ check: [200, { report: found, shortRunway: null }], 'hand-off': [200, answer], 'relay-run': [200, {}] });
    const relay = () => rig.asked.find(({ name }) => name === 'hand-off')?.fields['relay'];

    it('goes on at the relay, which is told what is meant', async () => {
      await write('222222222222');
      await open(late);
      const { code, stderr } = await apply();
      expect([code, await readFile(marker, 'utf8')]).toEqual([0, 'ran']);
      expect(stderr).toContain('Only the run will show all of this, so it is decided then');
      expect(rig.asked[0]?.fields['relay']).toBe(true);
      expect(relay()).toMatchObject({ changes: true, typed: [], project: { accountIds: ['222222222222'] } });
    });

    it('does not start where nothing says what is meant and nobody can be asked', async () => {
      await write('222222222222');
      await open({ ...late, stated: [] });
      const { code, stderr } = await apply();
      expect([code, stderr]).toEqual([3, expect.stringContaining('nothing says which account is meant, and nobody is there to be asked')]);
      expect(relay()).toBeUndefined();
    });

    it('does not start without the relay, were it turned off meanwhile', async () => {
      await write('222222222222');
      await open(late, { ...handOff, relayRun: null });
      expect((await apply()).code).toBe(1);
      await expect(readFile(marker)).rejects.toThrow('ENOENT');
    });
  });

  it('that makes tokens for EKS has no relay, is judged by reading alone, and is told so', async () => {
    await write('222222222222');
    await writeFile(join(rig.folder, 'eks.tf'), 'data "aws_eks_cluster_auth" "main" {\n  name = "main"\n}\n');
    await rig.startApp(changedMeanwhile([]));
    const { code, stderr } = await apply();
    expect([code, stderr]).toEqual([0, expect.stringContaining('eks.tf, line 1: in')]);
    expect(rig.asked.find(({ name }) => name === 'hand-off')?.fields).not.toHaveProperty('relay');
  });

  it('asks about all accounts that are given', async () => {
    await write('222222222222');
    await rig.startApp(changedMeanwhile([]));
    await apply(['--account', '222222222222', '--account', '333333333333']);
    expect(rig.asked[0]?.fields['accounts']).toEqual(['222222222222', '333333333333']);
    expect((await apply(['--account', '222222222222,3'])).code).toBe(2);
  });
});

describe.skipIf(process.platform === 'win32')('what a guarded run says', () => {
  const row: GuardReport['rows'][number] = {
    address: 'aws',
    place: { file: 'main.tf', line: 1 },
    roles: ['arn:aws:iam::222222222222:role/deploy'],
    region: null,
    account: { accountId: '222222222222', name: 'prod-eu', alias: null, production: false },
    verdict: 'match',
    reason: null,
  };
  const env = () => ({ PATH: `${join(rig.folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`, STS_TRAY_GUARD: 'default', AWS_PROFILE: 'default' });
  const run = async (more: Partial<GuardReport>, args: readonly string[] = [], world = {}) => {
    await write('222222222222');
    rig.replies = { check: [200, { report: { ...report, rows: [row], ...more }, shortRunway: null }], 'hand-off': [200, { ...handOff, relayRun: null }] };
    return rig.run(['exec', 'default', ...args, '--', 'terraform', 'apply'], { env: env(), ...world });
  };
  beforeEach(() => rig.startApp({}));

  it('a guarded run that may start says in one line where it goes', async () => {
    expect(await run({})).toEqual({ code: 0, stdout: '', stderr: '✓ STS Tray  aws → prod-eu 2222-2222-2222 (deploy)  as expected\n' });
  });

  it('a guarded run is coloured on a terminal', async () => {
    const { stderr } = await run({}, [], { isTerminal: { stdout: false, stderr: true } });
    expect(stderr).toContain('\u001b[32m✓\u001b[0m STS Tray  aws → \u001b[1mprod-eu\u001b[0m 2222-2222-2222');
  });

  it('a guarded run that is stopped names the way round the guard that works where it was typed', async () => {
    const mismatch = { verdict: 'mismatch', rows: [{ ...row, verdict: 'mismatch' }] } as const;
    const typed = await run(mismatch);
    expect(typed).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^✗ STS Tray stopped terraform apply\n[^]*run it unchecked this once with --no-guard\.\n$/),
    });
    const inTerminal = await run(mismatch, ['--from-terminal']);
    expect(inTerminal.stderr).toContain('run it unchecked this once with STS_TRAY_GUARD= in front of the command.\n');
    await expect(readFile(marker)).rejects.toThrow('ENOENT');
  });
});

describe.skipIf(process.platform === 'win32')('a run that changes production', () => {
  const account = { accountId: '222222222222', name: 'prod-eu', alias: null, production: true };
  const typing = async (line: string, name: string | null = 'prod-eu') => {
    await write('222222222222');
    await rig.startApp({
      check: [200, { report: { ...report, production: [{ ...account, name }] }, shortRunway: null }],
      'hand-off': [200, { ...handOff, relayRun: null }],
    });
    const env = { PATH: `${join(rig.folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` };
    return rig.run(['exec', 'default', '--', 'terraform', 'apply'], { env, interactive: true, readLine: () => `${line}\n` });
  };

  it('a run that changes production starts when the name of the account is typed', async () => {
    const { code, stderr } = await typing('prod-eu');
    expect(code).toBe(0);
    expect(stderr).toContain('Type “prod-eu” to continue: ');
  });

  it('a run that changes production does not start when the number that stands on the screen is typed instead of the name', async () => {
    const { code, stderr } = await typing('222222222222');
    expect([code, stderr]).toEqual([3, expect.stringContaining('That is not prod-eu; nothing was run.')]);
    await expect(readFile(marker)).rejects.toThrow('ENOENT');
  });

  it('a run that changes production has the account’s ID typed where that has no name', async () => {
    expect(await typing('222222222222', null)).toMatchObject({ code: 0, stderr: expect.stringContaining('Type “222222222222” to continue: ') });
  });
});

describe('sts-tray check', () => {
  const check = (...args: string[]) => rig.run(['check', 'default', rig.folder, ...(args.length === 0 ? [] : ['--', ...args])]);

  it('takes arguments of a plan, or the whole command line of a run', async () => {
    await rig.startApp({ check: [200, { report, shortRunway: null }] });
    await write('${var.account}');
    await writeFile(join(rig.folder, 'variables.tf'), 'variable "account" {}\n');
    await check('-var', 'account=222222222222');
    await check('terraform', 'plan', '-var=account=333333333333');
    await writeFile(join(rig.folder, 'a.tftest.hcl'), 'run "one" {\n  variables {\n    account = "444444444444"\n  }\n}\n');
    await check('terraform', 'test');
    await writeFile(join(rig.folder, 'main.tofu'), awsBlock('555555555555') + parameter());
    await check('tofu', 'plan');
    expect(judged()).toEqual(['222222222222', '333333333333', '444444444444', '555555555555']);
  });

  it('exits with 3 for what is decided at run time, unless something says what is meant', async () => {
    const late = { ...report, verdict: 'at-run-time' };
    await write('222222222222');
    await rig.startApp({ check: [200, { report: late, shortRunway: null }] });
    const refused = await check();
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain('Nothing says which account is meant for all of this');
    expect((await rig.run(['check', 'default', rig.folder, '--account', '222222222222'])).code).toBe(0);
    rig.replies = { check: [200, { report: { ...late, stated: ['222222222222'] }, shortRunway: null }] };
    expect((await check()).code).toBe(0);
    await rig.run(['check', 'default', rig.folder], { env: { STS_TRAY_RELAY: 'off' } });
    expect(rig.asked.map(({ fields }) => fields['relay'])).toEqual([true, true, true, false]);
  });

  it('reads a folder that only OpenTofu finds files in as OpenTofu does', async () => {
    await rig.startApp({ check: [200, { report, shortRunway: null }] });
    await writeFile(join(rig.folder, 'main.tofu'), awsBlock('555555555555') + parameter());
    expect((await check()).code).toBe(0);
    expect(judged()).toEqual(['555555555555']);
  });
});
