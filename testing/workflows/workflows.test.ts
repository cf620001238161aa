import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkout } from '../app/running-app.ts';
import { bundledProgram, type BundledProgram } from '../processes/bundled-program.ts';
import { runProgram } from '../processes/run-program.ts';
import { realAwsVariables } from '../real-aws/real-account.ts';

type Step = {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly shell?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
};
type Job = { readonly permissions?: Readonly<Record<string, string>>; readonly steps: readonly Step[] };
type Workflow = { readonly permissions: Readonly<Record<string, string>>; readonly jobs: Readonly<Record<string, Job>> };

const folder = join(checkout, '.github', 'workflows');
const workflows = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  return { file, text, ...(parse(text) as Workflow) };
});
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);

let linter: BundledProgram;
let scratch: string;
beforeAll(async () => {
  [linter, scratch] = await Promise.all([bundledProgram('testing/workflows/lint-workflows.ts'), mkdtemp(join(tmpdir(), 'workflows-'))]);
});
afterAll(async () => {
  await Promise.all([linter.remove(), rm(scratch, { recursive: true })]);
});

const lint = (...paths: readonly string[]) => runProgram(process.execPath, [linter.file, ...paths], { env: process.env });

describe('the workflows', () => {
  it("GitHub's own language service finds nothing wrong with them", async () => {
    expect(workflows.length).toBeGreaterThan(1);
    expect(await lint(...workflows.map(({ file }) => join(folder, file)))).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('what is wrong with a workflow is told with its line', async () => {
    const broken = join(scratch, 'broken.yml');
    const lines = [
      'on: [pushed]',
      'jobs:',
      '  test:',
      '    runs-on: ubuntu-24.04',
      '    steps:',
      '      - uses: actions/checkout@v7',
      '        with: { persist-credential: false }',
      '      - uses: someone/else@v1',
      '      - run: echo ${{ steps.none.outputs.x }}',
      "        if: secrets.KEY != ''",
      '  next: { needs: tests, runs-on: ubuntu-24.04, steps: [{ run: echo }] }',
    ];
    await writeFile(broken, lines.join('\n'));
    const { stdout } = await lint(broken);
    const told = stdout
      .trim()
      .split('\n')
      .map((line) => Number(line.split(':')[1]));
    expect(new Set(told)).toEqual(new Set([1, 7, 8, 9, 10, 11]));
    expect(stdout).toContain("broken.yml:7: Invalid action input 'persist-credential'");
  });

  it.each(workflows)(
    'the workflow $file uses actions by their commit, may only read, and keeps no credentials',
    ({ file, text, permissions, jobs, ...rest }) => {
      const steps = stepsOf({ permissions, jobs, ...rest });
      const uses = steps.flatMap((step) => step.uses ?? []);
      expect(uses.length).toBeGreaterThan(0);
      for (const action of uses) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40}$/);
      // The version beside a commit is what a person reads, and what proposals of newer ones go by.
      expect(text.match(/uses: \S+ # v\d+\.\d+\.\d+$/gm)).toHaveLength(uses.length);
      expect(permissions).toEqual({ contents: 'read' });
      for (const step of steps.filter((each) => each.uses?.startsWith('actions/checkout@'))) expect(step.with).toEqual({ 'persist-credentials': false });

      const more = Object.entries(jobs).filter(([, job]) => job.permissions !== undefined);
      expect(more.map(([name, job]) => [name, job.permissions])).toEqual(
        file === 'release.yml' ? [['attest', { contents: 'read', 'id-token': 'write', attestations: 'write' }]] : [],
      );
      // A job that may sign in the name of the repository runs nothing that came with it or with a package.
      for (const [, job] of more)
        expect(job.steps.filter(({ uses: action, run = '' }) => action?.startsWith('actions/checkout@') || /\b(?:npm|npx|node)\b/.test(run))).toEqual([]);
    },
  );

  it.each(workflows)('the workflow $file runs no script of a package', (workflow) => {
    const installing = stepsOf(workflow).flatMap(({ run = '' }) => run.match(/npm (?:ci|install|i|rebuild)\b.*/g) ?? []);
    expect(installing.length).toBeGreaterThan(0);
    expect(new Set(installing)).toEqual(new Set(['npm ci --ignore-scripts']));
  });

  it.each(workflows)(
    'the commands of the workflow $file can be read by the shell, and nothing is written into them that somebody else chose',
    async (workflow) => {
      const commands = stepsOf(workflow).flatMap(({ run, shell }) => (run === undefined ? [] : [{ run, shell }]));
      expect(commands.filter(({ run }) => run.includes('${{'))).toEqual([]);
      for (const { run } of commands.filter(({ shell }) => shell === undefined)) {
        expect(await runProgram('bash', ['-n', '-c', run], { env: process.env })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
      }
    },
  );
});

describe('the release workflow', () => {
  const release = workflows.find(({ file }) => file === 'release.yml');
  const steps = release === undefined ? [] : stepsOf(release);
  const runOf = (name: string) => steps.find((step) => step.name === name)?.run ?? '';
  /** Runs a step as the runner does, in a folder of its own. */
  const runStep = async (name: string, cwd: string, env: NodeJS.ProcessEnv = {}) =>
    runProgram('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', runOf(name)], { cwd, env: { ...process.env, ...env } });

  it('a release is made by the script that looks at what the app is made of', () => {
    expect(steps.map(({ run }) => run)).toContain('npm run package -- --release');
    const packaging = readFileSync(join(checkout, 'scripts', 'package.mjs'), 'utf8');
    expect(packaging).toMatch(/if \(release\) await checkSupplyChain\(/);
    expect(packaging).toMatch(/if \(release\) .*writeBillOfMaterials\(/);
  });

  it('its checksums are those of every file, and of no other', async () => {
    const released = join(scratch, 'released', 'release');
    await mkdir(released, { recursive: true });
    await writeFile(join(released, 'sts-tray-1.0.0.deb'), 'a package');
    await writeFile(join(released, 'sts-tray 1.0.0.dmg'), 'another');
    expect(await runStep('Checksums', released)).toMatchObject({ exitCode: 0, stderr: '' });
    const sums = await readFile(join(released, 'SHA256SUMS'), 'utf8');
    expect(sums.trim().split('\n')).toHaveLength(2);
    expect(await runProgram('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: released, env: process.env })).toMatchObject({ exitCode: 0 });
    await writeFile(join(released, 'sts-tray-1.0.0.deb'), 'a changed package');
    expect(await runProgram('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: released, env: process.env })).toMatchObject({ exitCode: 1 });
  });

  it('a tag that is not the version of package.json stops it', async () => {
    const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string };
    const check = async (tag: string) => runStep('The tag is the version', checkout, { GITHUB_REF_NAME: tag });
    expect(await check(`v${version}`)).toMatchObject({ exitCode: 0 });
    expect(await check('v0.0.0')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('make them equal') });
  });

  it('the changelog has a part for the version that would be tagged', () => {
    const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string };
    expect(readFileSync(join(checkout, 'CHANGELOG.md'), 'utf8')).toMatch(
      new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'm'),
    );
  });

  it.each([
    ['Not signed', ['MAC_CERTIFICATE', 'WINDOWS_CERTIFICATE']],
    ['Not notarised', ['APPLE_API_KEY']],
    ['Checksums not signed', ['GPG_SIGNING_KEY']],
    ['No update feed', ['UPDATE_FEED_KEY']],
  ])('where a secret is missing, the step "%s" says so in a sentence, and docs/supply-chain.md what the secret holds', async (name, secrets) => {
    const documented = readFileSync(join(checkout, 'docs', 'supply-chain.md'), 'utf8');
    for (const secret of secrets) {
      const { exitCode, stdout } = await runStep(name, scratch, { RUNNER_OS: 'macOS', CERTIFICATE: secret });
      expect([exitCode, stdout]).toEqual([0, expect.stringMatching(`^::warning title=${name}::.* because the secret ${secret} is missing: .*\\.\n$`)]);
      expect(documented).toContain(`| \`${secret}\` |`);
    }
  });

  it('every secret that it takes is in docs/supply-chain.md', () => {
    const taken = [...(release?.text ?? '').matchAll(/secrets\.([A-Z_]+)|(?:certificate|password): ([A-Z_]+)$/gm)].flatMap(
      ([, one, other]) => one ?? other ?? [],
    );
    const documented = [...readFileSync(join(checkout, 'docs', 'supply-chain.md'), 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
    expect(new Set(documented)).toEqual(new Set(taken));
  });
});

describe('the nightly workflow', () => {
  const nightly = workflows.find(({ file }) => file === 'nightly.yml');
  const steps = nightly === undefined ? [] : stepsOf(nightly);
  const document = readFileSync(join(checkout, 'docs', 'real-aws.md'), 'utf8');

  it('without an account it says so in a sentence, and does nothing else', async () => {
    const [first, ...others] = steps;
    const { exitCode, stdout } = await runProgram('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', first?.run ?? ''], { env: process.env });
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/^::notice title=No account::.* because the secret REAL_AWS_ACCESS_KEY_ID is missing: .*\.\n$/),
    ]);
    expect([first?.if, new Set(others.map((step) => step.if))]).toEqual(["env.HAS_ACCOUNT != 'true'", new Set(["env.HAS_ACCOUNT == 'true'"])]);
  });

  it('its secrets are those that the run reads, docs/real-aws.md says what each holds, and no step but the last has them', () => {
    const names = Object.values(realAwsVariables);
    expect(new Set(Object.keys(steps.at(-1)?.env ?? {}))).toEqual(new Set(names));
    expect(steps.slice(0, -1).filter(({ env }) => env !== undefined)).toEqual([]);
    expect(new Set([...document.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name))).toEqual(new Set(names));
    for (const name of names) expect(nightly?.text).toContain(`${name}: \${{ secrets.${name} }}`);
  });

  it('the policies that docs/real-aws.md gives can be read, and allow what the app asks for alone', () => {
    type Statement = { readonly Action: string | readonly string[]; readonly Resource?: string };
    const policies = [...document.matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => JSON.parse(text) as { readonly Statement: readonly Statement[] });
    const actions = policies.map(({ Statement }) => Statement.flatMap(({ Action }) => Action));
    expect(actions).toEqual([
      ['sts:AssumeRole', 'iam:ListAccountAliases'],
      ['sts:AssumeRole'],
      ['iam:GetRole', 'iam:PutRolePolicy', 'iam:DeleteRolePolicy', 'iam:ListAccountAliases'],
    ]);
  });
});

it('the workflow that tests a change and the one that makes a release set up the same', () => {
  const prepared = (file: string, job: string) => {
    const steps = workflows.find((each) => basename(each.file) === file)?.jobs[job]?.steps ?? [];
    return steps.filter(({ run, uses }) => uses?.startsWith('actions/setup-node@') || (run ?? '').includes('scripts/setup.mjs') || run?.startsWith('npm ci'));
  };
  expect(prepared('ci.yml', 'test').length).toBe(3);
  expect(prepared('ci.yml', 'test').map(({ uses, run }) => uses ?? run)).toEqual(prepared('release.yml', 'test').map(({ uses, run }) => uses ?? run));
});
