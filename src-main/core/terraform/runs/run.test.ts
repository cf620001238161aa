import { describe, expect, it } from 'vitest';
import { parseRun } from './run.ts';

const run = (line: string, env: Record<string, string> = {}) => {
  const [program = '', ...args] = line.split(' ');
  return parseRun({ program, args, env, cwd: '/projects' });
};

describe('a command line', () => {
  it('is a run of Terraform, OpenTofu or Terragrunt, or none', () => {
    expect(run('tofu plan')).toMatchObject({ program: 'tofu', subcommand: 'plan', guarded: true });
    expect(run('terragrunt apply')?.program).toBe('terragrunt');
    expect(run('terraforming plan')).toBeNull();
  });

  it.each(['plan', 'apply', 'destroy', 'import a.b c', 'refresh', 'test', 'query'])('is guarded where it asks AWS: %s', (line) => {
    expect(run(`terraform ${line}`)?.guarded).toBe(true);
  });

  it.each([
    '',
    'init',
    'fmt',
    'validate',
    'output',
    'state list',
    'state push x',
    'init -migrate-state',
    'stacks init',
    'console',
    '-version',
    'apply -help',
    '-help plan',
    'plan -h',
  ])('goes straight to Terraform where it does not: “%s”', (line) => {
    expect(run(`terraform ${line}`.trim())?.guarded).toBe(false);
  });

  it('changes an account by apply, destroy, import and test', () => {
    const changing = ['plan', 'apply', 'destroy', 'import', 'refresh', 'test'].filter((name) => run(`terraform ${name}`)?.changes);
    expect(changing).toEqual(['apply', 'destroy', 'import', 'test']);
  });

  it('gives nothing behind the first word that is no option, as Terraform reads none there', () => {
    const given = [{ kind: 'value', name: 'a', text: '1' }];
    expect(run('terraform test -var a=1 main.tftest.hcl')?.given).toEqual(given);
    for (const line of ['main.tftest.hcl -var a=1', '- -var a=1', '-json=false x -var=a=1', '-- -var a=1'])
      expect(run(`terraform test ${line}`)?.given).toEqual([]);
    expect(parseRun({ program: 'terraform', args: ['test', '', '-var', 'a=1'], env: {}, cwd: '/' })?.given).toEqual([]);
    expect(run('terraform test -var a=1', { TF_CLI_ARGS_test: 'main.tftest.hcl' })?.given).toEqual([]);
    expect(run('terraform test x -test-directory=acc')?.testFolder).toBe('tests');
    expect(run('terraform apply -state a saved.tfplan -state b')).toMatchObject({ planFile: 'saved.tfplan', stateFile: 'a' });
  });

  it('is guarded where help is only asked for behind what ends the options, which then runs all the same', () => {
    expect(run('terraform test -- -help')?.guarded).toBe(true);
    expect(run('terraform test -help', { TF_CLI_ARGS_test: '--' })?.guarded).toBe(true);
    expect(run('terraform test x --h')?.guarded).toBe(true);
    for (const line of ['test x -help', 'test -- -v', 'test -var-file -version']) expect(run(`terraform ${line}`)?.guarded).toBe(false);
  });

  it('has the subcommand behind an empty word', () => {
    expect(parseRun({ program: 'terraform', args: ['-chdir=a', '', 'apply'], env: {}, cwd: '/p' })).toMatchObject({
      subcommand: 'apply',
      guarded: true,
      folder: '/p/a',
    });
  });

  it('leads to the folder of -chdir', () => {
    expect(run('terraform -chdir=infra plan')?.folder).toBe('/projects/infra');
    expect(run('terraform -chdir=/other plan')?.folder).toBe('/other');
    expect(run('terraform plan')?.folder).toBe('/projects');
  });

  it('is started in the working directory, whatever -chdir says', () => {
    expect(run('terraform -chdir=/other plan')?.startedIn).toBe('/projects');
  });

  it('gives variables in its order, in every way to write them', () => {
    expect(run('terraform plan -var a=1 -var-file=x.tfvars --var=b=c=d -lock=false -var-file y.tfvars')?.given).toEqual([
      { kind: 'value', name: 'a', text: '1' },
      { kind: 'file', path: 'x.tfvars' },
      { kind: 'value', name: 'b', text: 'c=d' },
      { kind: 'file', path: 'y.tfvars' },
    ]);
  });

  it('has what the environment adds before its own, for one subcommand before that for all, with quotes as a shell reads them', () => {
    const env = { TF_CLI_ARGS: `-var 'a=one two' "-var=b=\\"c\\""`, TF_CLI_ARGS_plan: '-var=d=1', TF_CLI_ARGS_apply: '-var=e=1' };
    expect(run('terraform plan -var=a=3', env)?.given.map((one) => (one.kind === 'value' ? [one.name, one.text] : []))).toEqual([
      ['d', '1'],
      ['a', 'one two'],
      ['b', '"c"'],
      ['a', '3'],
    ]);
  });

  it('takes nothing from what the environment adds behind an unquoted ampersand, as Terraform does', () => {
    expect(run('terraform plan', { TF_CLI_ARGS: '-var label=R&D -var-file=prod.tfvars' })?.given).toEqual([{ kind: 'value', name: 'label', text: 'R' }]);
  });

  it('has arguments that are not known where the environment adds what Terraform cannot split', () => {
    expect(run('terraform plan', { TF_CLI_ARGS: "-var 'a" })?.unreadArguments).toBe('TF_CLI_ARGS');
    expect(run('terraform plan', { TF_CLI_ARGS_plan: '-var a=x\\' })?.unreadArguments).toBe('TF_CLI_ARGS_plan');
    expect(run('terraform plan', { TF_CLI_ARGS_apply: "'" })?.unreadArguments).toBeNull();
    expect(run('terraform plan')?.unreadArguments).toBeNull();
  });

  it('of import has the folder of its configuration, and its own as the working directory', () => {
    const imported = (options: string) => run(`terraform -chdir=infra import ${options} aws_vpc.main vpc-1`);
    expect(imported('-config=other')).toMatchObject({ folder: '/projects/infra', configFolder: 'other' });
    expect(imported('-config /other')?.configFolder).toBe('/other');
    expect(imported('-input=false')?.configFolder).toBeNull();
    expect(run('terraform import aws_vpc.main vpc-1', { TF_CLI_ARGS_import: '-config=other' })?.configFolder).toBe('other');
  });

  it('of apply may name a saved plan', () => {
    expect(run('terraform apply -auto-approve saved.tfplan')?.planFile).toBe('saved.tfplan');
    expect(run('terraform apply -')?.planFile).toBe('-');
    expect(run('terraform apply -lock=false -- -saved')?.planFile).toBe('-saved');
    expect(run('terraform apply -var a=b')?.planFile).toBeNull();
    expect(run('terraform import aws_vpc.main vpc-1')?.planFile).toBeNull();
  });

  it.each([
    '-target aws_vpc.main',
    '-replace aws_vpc.main',
    '-parallelism 5',
    '-lock-timeout 30s',
    '-state other.tfstate',
    '-backup -',
    '-state-out x -target=a.b -target c.d',
    '-target-file t -exclude a.b -exclude-file e',
    '-json-into out.json',
    '-deprecation module:all',
    '-invoke action.aws_lambda_invoke.main',
    '-include a.b -policies p',
  ])('of apply takes no value of an option for a saved plan: %s', (options) => {
    expect(run(`terraform apply ${options}`)?.planFile).toBeNull();
    expect(run(`terraform apply ${options} saved.tfplan`)?.planFile).toBe('saved.tfplan');
  });

  it('takes no value of an option that the environment adds for a saved plan', () => {
    expect(run('terraform apply', { TF_CLI_ARGS_apply: '-parallelism 20' })?.planFile).toBeNull();
  });

  it('of test looks for tests where it is told, in both ways to write it', () => {
    expect(run('terraform test')?.testFolder).toBe('tests');
    expect(run('terraform test -test-directory=acc')?.testFolder).toBe('acc');
    expect(run('terraform test -test-directory acc -filter x.tftest.hcl')?.testFolder).toBe('acc');
  });

  it('is in the workspace and with the data folder that the environment names', () => {
    expect(run('terraform plan', { TF_WORKSPACE: 'prod', TF_DATA_DIR: '/data' })).toMatchObject({ workspace: 'prod', dataFolder: '/data' });
    expect(run('terraform plan')).toMatchObject({ workspace: null, dataFolder: '.terraform' });
  });
});
