import { chmodSync, lstatSync, readlinkSync, statSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { RunningApp } from '../../testing/app/running-app.ts';
import { ask, login } from '../../testing/app/sessions.ts';
import { timePasses } from '../../testing/processes/deadline.ts';
import { launcher, runStsTray } from '../../testing/app/sts-tray.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The one entry that the app adds to the AWS config file, and removes again without a trace.

let rig: AppRig;
let app: RunningApp;

const comments = '; teams\r\n[default]\r\nregion=us-east-1 \r\n\r\n# roles, in this order\r\n[profile other]\r\nregion = eu-west-1\r\n';

test.beforeAll(async () => {
  rig = await AppRig.start();
  app = await rig.startApp();
  await app.tray.waitFor('the profile', async (tray) => (await tray.menu()).some(({ label }) => label === 'default · no session'));
});
test.afterAll(() => rig.close());
test.beforeEach(() => writeFile(rig.awsFiles.config, comments));
test.afterEach(() => rig.configureAws());

const config = () => readFile(rig.awsFiles.config, 'utf8');
const backup = () => `${rig.awsFiles.config}.sts-tray-backup`;

/** The lines that `install` adds after the text, as the docs show them. */
function entry(profile: string, lineEnd: string, settings: readonly string[]): string {
  const lines = [
    `# sts-tray begin ${profile}-sts (added by STS Tray with the empty line above; "sts-tray uninstall ${profile}" removes it)`,
    `[profile ${profile}-sts]`,
    `credential_process = ${[...launcher(rig), 'credential-process', profile].join(' ')}`,
    ...settings,
    `# sts-tray end ${profile}-sts (${['credential_process', ...settings.map((line) => line.split(' = ')[0])].join(', ')})`,
  ];
  return ['', ...lines].map((line) => line + lineEnd).join('');
}

test('the command line adds an entry behind all that is in the config file, keeps a backup, and takes it away to the byte', async () => {
  chmodSync(rig.awsFiles.config, 0o640);
  const installed = await runStsTray(rig, ['install', 'default']);
  expect(installed).toMatchObject({ exitCode: 0, stderr: '' });
  expect(installed.stdout).toContain('default-sts');
  expect(installed.stdout).toContain(backup());
  expect(await config()).toBe(comments + entry('default', '\r\n', ['region = us-east-1']));
  expect(statSync(rig.awsFiles.config).mode & 0o777).toBe(0o640);
  expect(await readFile(backup(), 'utf8')).toBe(comments);

  const once = await config();
  expect(await runStsTray(rig, ['install', 'default'])).toMatchObject({ exitCode: 0 });
  expect(await config()).toBe(once);

  expect(await runStsTray(rig, ['uninstall', 'default'])).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await config()).toBe(comments);
  expect(statSync(rig.awsFiles.config).mode & 0o777).toBe(0o640);
});

test('the panel’s menu installs and removes the same entry', async () => {
  await app.openPanel();
  const panel = await app.window('panel');
  const card = panel.getByRole('article', { name: 'default' });
  const choose = async (item: string) => {
    await card.getByRole('button', { name: 'More actions' }).click();
    await panel.getByRole('menuitem', { name: item }).click();
  };
  await choose('Add profile for Terraform & AWS CLI');
  await expect(panel.getByRole('status')).toContainText('Added default-sts to the AWS config file');
  expect(await config()).toBe(comments + entry('default', '\r\n', ['region = us-east-1']));
  await choose('Remove profile for Terraform & AWS CLI');
  await expect(panel.getByRole('status')).toContainText('Removed default-sts from the AWS config file');
  expect(await config()).toBe(comments);
});

test('a link to the config file stays a link, and the file at its end is edited', async () => {
  const { config: link } = rig.awsFiles;
  const dotfiles = join(rig.home, 'dotfiles');
  await mkdir(dotfiles);
  await rename(link, join(dotfiles, 'aws-config'));
  await symlink(join('..', 'dotfiles', 'aws-config'), link);
  try {
    expect(await runStsTray(rig, ['install', 'default'])).toMatchObject({ exitCode: 0 });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readlinkSync(link)).toBe('../dotfiles/aws-config');
    expect(await readFile(join(dotfiles, 'aws-config'), 'utf8')).toBe(comments + entry('default', '\r\n', ['region = us-east-1']));
    expect(await runStsTray(rig, ['uninstall', 'default'])).toMatchObject({ exitCode: 0 });
    expect(await config()).toBe(comments);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  } finally {
    await rm(link);
  }
});

test('the AWS CLI takes the session by the installed entry’s name', async () => {
  test.skip(findProgram('aws') === null, 'not installed: aws');
  expect(await runStsTray(rig, ['install', 'default'])).toMatchObject({ exitCode: 0 });
  await login(rig, 'default');
  const env = { ...rig.env, AWS_PROFILE: 'default-sts' };
  const listed = await runProgram('aws', ['configure', 'list'], { env });
  expect(listed.stdout).toMatch(/profile\s.*default-sts/);
  expect(listed.stdout).toMatch(/access_key\s.*custom-process/);
  const caller = await runProgram('aws', ['sts', 'get-caller-identity', '--query', 'Account', '--output', 'text'], { env });
  expect(caller).toMatchObject({ exitCode: 0, stdout: '111111111111\n' });
  expect(await runStsTray(rig, ['logout', '--all'])).toMatchObject({ exitCode: 0 });
});

test('an entry of the name to install that somebody else made is left alone', async () => {
  const taken = `${comments}\r\n[profile default-sts]\r\noutput = json\r\n`;
  await writeFile(rig.awsFiles.config, taken);
  expect(await runStsTray(rig, ['install', 'default'])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `sts-tray: ${rig.awsFiles.config} has a profile default-sts that this app did not add, so nothing was changed. Rename that profile, then install again.\n`,
  });
  expect(await config()).toBe(taken);
});

test('where nothing was installed there is nothing to remove', async () => {
  expect(await runStsTray(rig, ['uninstall', 'default'])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `sts-tray: ${rig.awsFiles.config} has no credential_process profile of this app for default. Nothing has to be removed.\n`,
  });
  expect(await config()).toBe(comments);
});

test('a profile that is nowhere cannot be installed', async () => {
  expect(await runStsTray(rig, ['install', 'nobody'])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `sts-tray: There is no profile nobody in ${rig.awsFiles.config}. Check the name: the panel shows those that there are.\n`,
  });
});

/** How often two apps meet, and how long they take together, in milliseconds: writers that are not kept apart lose something in a few of these. */
const rounds = 10;
const installsMs = 600;

test('two apps that install at once beside a program that appends lose nothing of each other', async () => {
  // The key belongs to a profile that only the second app installs.
  const { accessKeyId, secretAccessKey } = rig.aws.alice;
  await appendFile(rig.awsFiles.credentials, `\n[second]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`);
  const dataFolder = join(rig.home, 'second');
  const [program] = launcher(rig);
  const second = (...words: string[]) => runProgram(program, [`--user-data-dir=${dataFolder}`, ...words], { env: rig.env });
  const other = await RunningApp.start(rig.desktop, { dataFolder, env: rig.env, args: ['--hidden'] });
  try {
    await expect.poll(async () => (await second('install', 'second')).exitCode).toBe(0);
    expect(await second('uninstall', 'second')).toMatchObject({ exitCode: 0 });

    // Asked by what the command line asks them, since its own start would keep the two apart.
    const both = (name: 'install' | 'uninstall') => Promise.all([ask(rig, name, { profile: 'default' }), ask({ dataFolder }, name, { profile: 'second' })]);
    const appended: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const foreign = `[profile appended-${round}]\r\nregion = ap-northeast-1\r\n`;
      await Promise.all([both('install'), timePasses(Math.random() * installsMs).then(() => appendFile(rig.awsFiles.config, foreign))]);
      appended.push(foreign);
      const text = await config();
      expect(text.startsWith(comments)).toBe(true);
      for (const part of [...appended, '[profile default-sts]', '[profile second-sts]']) expect(text.split(part)).toHaveLength(2);
      await both('uninstall');
      expect(await config()).toBe(comments + appended.join(''));
    }
  } finally {
    await other.close();
  }
});
