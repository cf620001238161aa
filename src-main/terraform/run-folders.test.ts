import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { awsBlock, parameter, readIn, writeProject, type Given, type Written } from '../../testing/terraform/written-project.ts';

let top = '';
afterEach(() => rmSync(top, { recursive: true }));

/** Writes a project, and links by where they are. */
function write(files: Written, links: Readonly<Record<string, string>> = {}): string {
  top = realpathSync(writeProject(files));
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(join(top, path, '..'), { recursive: true });
    symlinkSync(target, join(top, path));
  }
  return top;
}

/** The profiles of a project's providers; null for one that is not known. */
async function profilesIn(folder: string, given: Given = {}) {
  const reading = await readIn(folder, given);
  if (!reading.ok) throw new Error(JSON.stringify(reading.error));
  return reading.value.providers.map(({ profile }) => (profile?.kind === 'known' ? profile.value : null));
}

const calledBy = (expression: string) => `${awsBlock(null, `profile = ${expression}`)}${parameter()}`;
const chdir = (folder: string) => `terraform -chdir=${folder} plan`;

describe('the name of a folder', () => {
  it('is in path.cwd that of the folder in which Terraform was started, before -chdir', async () => {
    write({ 'prod/infra/main.tf': calledBy('basename(path.cwd)') });
    expect(await profilesIn(join(top, 'prod'), { line: chdir('infra') })).toEqual(['prod']);
  });

  it('is the one by which the shell has it in PWD, where a link leads there', async () => {
    write({ 'stack/main.tf': calledBy('"${basename(path.cwd)} ${basename(abspath(path.root))}"') }, { prod: 'stack' });
    // The command line takes its folder from process.cwd(), which has no links.
    const said = execFileSync('sh', ['-c', `cd prod && exec ${JSON.stringify(process.execPath)} -p 'JSON.stringify([process.cwd(), process.env.PWD])'`], {
      cwd: top,
      encoding: 'utf8',
    });
    const [cwd = '', PWD = ''] = JSON.parse(said) as readonly string[];
    expect(await profilesIn(cwd, { env: { PWD } })).toEqual(['prod prod']);
  });

  it.each(['', 'stack', '/nowhere', '/'])('is the one without links where PWD is of no use: “%s”', async (PWD) => {
    write({ 'stack/main.tf': calledBy('basename(abspath(path.root))') });
    expect(await profilesIn(join(top, 'stack'), { env: { PWD } })).toEqual(['stack']);
  });

  it('is not known where a folder is given by a link, and nothing says by which name Terraform will enter it', async () => {
    write({ 'stack/main.tf': calledBy('basename(path.cwd)') }, { prod: 'stack' });
    expect(await profilesIn(join(top, 'prod'))).toEqual([null]);
  });

  it('is for people the one that was given', async () => {
    write({ 'stack/main.tf': calledBy('"x"') }, { prod: 'stack' });
    expect(await readIn(top, { line: chdir('prod') })).toMatchObject({ value: { folder: join(top, 'prod') } });
  });
});

describe('-chdir', () => {
  it('leads to the folder behind a link, and modules and paths are found from there', async () => {
    write(
      {
        'stacks/x/main.tf': `module "m" {\n  source = "../mod"\n}\nprovider "aws" {\n  alias   = "root"\n  profile = basename(abspath(path.root))\n}\n${parameter('aws.root')}`,
        'stacks/mod/main.tf': calledBy('"stacks"'),
        'envs/mod/main.tf': calledBy('"envs"'),
      },
      { 'envs/prod': '../stacks/x' },
    );
    expect(await profilesIn(join(top, 'envs'), { line: chdir('prod') })).toEqual(['x', 'stacks']);
  });

  it('leads with .. behind a link to the folder above the one to which that link leads', async () => {
    write({ 'stacks/main.tf': calledBy('"stacks"'), 'stacks/x/main.tf': '', 'main.tf': calledBy('"top"') }, { prod: 'stacks/x' });
    const reading = await readIn(top, { line: chdir('prod/..') });
    expect(reading).toMatchObject({ value: { folder: join(top, 'stacks'), providers: [{ profile: { value: 'stacks' } }] } });
  });
});

it('a file of variables with .. behind a link is the one in the folder above that to which the link leads', async () => {
  write(
    { 'main.tf': `variable "v" {}\n${calledBy('var.v')}`, 'v.tfvars': 'v = "here"\n', 'far/v.tfvars': 'v = "far"\n', 'far/away/x': '' },
    { link: 'far/away' },
  );
  expect(await profilesIn(top, { line: 'terraform plan -var-file=link/../v.tfvars' })).toEqual(['far']);
});

describe('import -config', () => {
  const files = {
    'main.tf': calledBy('"here"'),
    'infra/main.tf': calledBy('"infra"'),
    'infra/other/main.tf': `variable "v" {}\n${calledBy('"${path.module} ${path.root} ${basename(path.cwd)} ${trimspace(file("who"))} ${var.v}"')}`,
    'infra/other/who': 'other\n',
    'infra/other/terraform.tfvars': 'v = "other"\n',
    'infra/who': 'infra\n',
    'infra/terraform.tfvars': 'v = "infra"\n',
  };

  it.each(['other', './other/', 'link/../other'])(
    'has the files of the folder that it names read, from the folder of -chdir, and all else from there: %s',
    async (config) => {
      write(files, { 'infra/link': 'other' });
      const line = `terraform -chdir=infra import -config=${config} aws_vpc.main vpc-1`;
      expect(await profilesIn(top, { line })).toEqual([`${config} ${config} ${top.split('/').at(-1)} infra infra`]);
    },
  );

  it('has the files of a folder with a full path read', async () => {
    write(files);
    const line = `terraform import -config=${join(top, 'infra')} aws_vpc.main vpc-1`;
    expect(await profilesIn(top, { line })).toEqual(['infra']);
  });

  it('is told by its folder where there is none', async () => {
    write(files);
    expect(await readIn(top, { line: 'terraform import -config=gone aws_vpc.main vpc-1' })).toMatchObject({
      ok: false,
      error: { code: 'project-folder-missing', params: { folder: join(top, 'gone') } },
    });
  });
});

it('a module is read where terraform init found it, though a link on the way leads elsewhere since', async () => {
  const list = { Modules: [{ Key: 'm', Source: './current', Dir: 'old' }] };
  write(
    {
      'main.tf': 'module "m" {\n  source = "./current/"\n}\n',
      'old/main.tf': calledBy('path.module'),
      'new/main.tf': calledBy('path.module'),
      '.terraform/modules/modules.json': JSON.stringify(list),
    },
    { current: 'new' },
  );
  expect(await profilesIn(top)).toEqual(['old']);
});

it('a module that a test names has its own folder as path.root, from the folder in which Terraform runs', async () => {
  const list = { Modules: [{ Key: 'test.tests.a.s', Source: './setup', Dir: 'setup' }] };
  write({
    'main.tf': '',
    'setup/main.tf': calledBy('"${path.root} ${path.module} ${basename(abspath("."))}"'),
    'tests/a.tftest.hcl': 'run "s" {\n  module {\n    source = "./setup"\n  }\n}\n',
    '.terraform/modules/modules.json': JSON.stringify(list),
  });
  expect(await profilesIn(top, { line: 'terraform test' })).toEqual([`setup setup ${top.split('/').at(-1)}`]);
});

/** What the app and the real Terraform are asked for, as one text. */
const asked = [
  ...['path.cwd', 'path.root', 'path.module', 'abspath(".")', 'abspath("../a")', 'trimspace(file("../who"))', 'tostring(fileexists("only-root"))'],
  ...['var.v', 'var.w', 'module.inner.says', 'module.beside.says', 'module.again.says'],
];

describe('folders, files, modules and variables', () => {
  it('are those that terraform console has, by -chdir and links, and with PWD right, wrong or missing', { timeout: 60_000 }, async () => {
    const says = 'output "says" {\n  value = "${path.module} ${abspath(path.module)} ${path.cwd} ${trimspace(file("${path.module}/who"))}"\n}\n';
    const modules = ['inner = "./m"', 'beside = "../mod"', 'again = "../x/m"'].map((call) => `module "${call.replace(' = ', '" {\n  source = ')}\n}\n`);
    const module = (folder: string) => ({ [`${folder}/main.tf`]: says, [`${folder}/who`]: folder });
    write(
      {
        ...module('stacks/mod'),
        ...module('stacks/x/m'),
        ...module('envs/mod'),
        'stacks/x/main.tf': `variable "v" {}\nvariable "w" {}\n${modules.join('')}locals {\n  all = join("|", [${asked.join(', ')}])\n}\n`,
        'stacks/x/only-root': '',
        'stacks/x/terraform.tfvars': 'v = "root"\n',
        'envs/terraform.tfvars': 'v = "envs"\n',
        'stacks/w.tfvars': 'w = "stacks"\n',
        'envs/w.tfvars': 'w = "envs"\n',
        'stacks/who': 'stacks',
        'envs/who': 'envs',
      },
      { 'envs/prod': '../stacks/x' },
    );
    const [envs, link, root] = ['envs', 'envs/prod', 'stacks/x'].map((path) => join(top, path)) as [string, string, string];
    const starts = [
      { cwd: root, PWD: root },
      { cwd: root, PWD: link },
      { cwd: root, PWD: undefined },
      { cwd: root, PWD: envs },
      { cwd: root, PWD: `${link}/../prod//` },
      { cwd: root, PWD: link, chdir: '.' },
      { cwd: root, PWD: link, chdir: '../x' },
      { cwd: envs, PWD: envs, chdir: 'prod' },
      { cwd: envs, PWD: link, chdir: 'prod' },
      { cwd: envs, PWD: envs, chdir: 'prod/../x' },
      { cwd: top, PWD: undefined, chdir: link },
    ];
    execFileSync('terraform', ['get'], { cwd: root, stdio: 'ignore' });
    const told = starts.map(({ cwd, PWD, chdir: to }) => {
      const args = [...(to === undefined ? [] : [`-chdir=${to}`]), 'console', '-no-color', '-var-file=../w.tfvars'];
      const env = { ...process.env, CHECKPOINT_DISABLE: '1', PWD };
      return execFileSync('terraform', args, { cwd, env, input: 'local.all\n', encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }).trim();
    });
    writeFileSync(join(root, 'provider.tf'), calledBy('local.all'));
    const read: string[] = [];
    for (const { cwd, PWD, chdir: to } of starts) {
      const line = `terraform ${to === undefined ? '' : `-chdir=${to} `}plan -var-file=../w.tfvars`;
      const [profile] = await profilesIn(cwd, { line, ...(PWD === undefined ? {} : { env: { PWD } }) });
      read.push(JSON.stringify(profile));
    }
    expect(read).toEqual(told);
    // Links and variables do make a difference.
    expect(new Set(told).size).toBeGreaterThan(4);
  });
});
