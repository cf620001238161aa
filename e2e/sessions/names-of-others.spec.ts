import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { quotePosix } from '../../src-main/core/hand-offs/exports.ts';
import { faintTexts, misplacedParts } from '../../testing/appearance/flaws.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { launcher, runStsTray } from '../../testing/app/sts-tray.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { obeyed } from '../../testing/samples/hostile-texts.ts';

// The worst names that files and folders can have, in all that shows them: panel, prompt, tray, notification, command line.

const profile = `<b>&_"$(id)' עברית {{account}} ${'y'.repeat(400)}`;
const unseen = 'de\u202etluaf\u200b\u001b]0;PWNED\u0007';
const folderName = `<i>&\u202e\u2066\u001b[2J\n$(id)'עברית`;
const device = 'arn:aws:iam::111111111111:mfa/alice';

/** A text of a window with a direction of its own that ends where it began, without that. */
const withoutDirections = (text: string) => text.replaceAll(/\u2068([^\p{C}\p{Zl}\p{Zp}]*)\u2069/gu, '$1');

let rig: AppRig;
test.afterEach(() => rig.close());

test('the worst names are shown as text by panel, prompt, tray, notification and command line, and turn and obey nothing', async () => {
  rig = await AppRig.start();
  const { alice, region } = rig.aws;
  const key = `aws_access_key_id = ${alice.accessKeyId}\naws_secret_access_key = ${alice.secretAccessKey}\nregion = ${region}\nmfa_serial = ${device}\n`;
  await writeFile(rig.awsFiles.credentials, `[${profile}]\n${key}[${unseen}]\n${key}[default]\n${key}`, { mode: 0o600 });
  await writeFile(rig.awsFiles.config, '');
  const folder = join(rig.home, folderName);
  await mkdir(folder);
  await writeFile(join(folder, 'main.tf'), `provider "aws" {\n  alias = "a"\n  region = "<b>"\n  assume_role {\n    role_arn = "\u202e<b>"\n  }\n}\n`);
  const script = join(folder, 'deploy.sh');
  await writeFile(script, `#!/bin/bash\n${[...launcher(rig), 'credential-process', profile].map(quotePosix).join(' ')}\nexit $?\n`);
  await chmod(script, 0o755);
  rig.desktop.notifications.capabilities = ['actions', 'body', 'body-markup'];
  const app = await rig.startApp({ args: [] });

  // The panel tells of the name that could pass for another one, and has the others as they are.
  const panel = await app.window('panel');
  await expect(panel.getByText('its name has characters that cannot be seen')).toBeVisible();
  const seen = async () => withoutDirections(await panel.locator('body').innerText());
  await expect.poll(seen).toContain(profile);
  expect(await seen()).not.toMatch(obeyed);
  expect(await panel.locator('b, i').count()).toBe(0);
  expect([...(await misplacedParts(panel)), ...(await faintTexts(panel))]).toEqual([]);

  // The prompt, and the program that waits for it.
  const asked = runProgram('bash', ['./deploy.sh'], { env: rig.env, cwd: folder });
  const mfa = await app.window('mfa');
  await expect(mfa.getByText('deploy.sh')).toBeVisible();
  const prompt = withoutDirections(await mfa.locator('body').innerText());
  expect(prompt).toContain('<b>&_');
  expect(prompt).not.toMatch(obeyed);
  expect(await mfa.locator('b, i').count()).toBe(0);
  expect([...(await misplacedParts(mfa)), ...(await faintTexts(mfa))]).toEqual([]);
  rig.aws.sessionLifetimeOverrideSeconds = 30;
  await rig.submitCode(mfa);
  const { stdout, stderr } = await asked;
  expect(stderr).toBe('');
  expect(stdout).toContain('"Version":1');

  // The panel again, with a project.
  await app.answerFileDialogs(folder);
  await panel.getByRole('button', { name: 'Add project folder' }).click();
  await expect.poll(seen).toContain(`<i>&[2J$(id)'עברית`);
  expect(await seen()).not.toMatch(obeyed);
  expect(await panel.locator('b, i').count()).toBe(0);
  expect(await misplacedParts(panel)).toEqual([]);

  // The tray, and the notification of the program, whose folder is in a body that would take markup.
  const start = '<b>&_"$(id)\' עברית {{account}}';
  const labels = (await app.tray.menu()).map(({ label }) => withoutDirections(label));
  expect(labels.find((label) => label.startsWith(start))).toMatch(/…y+ · 1111-1111-1111 · 1 min left$/);
  expect(withoutDirections(await app.tray.tooltip())).toMatch(/^<b>&_.* · 111111111111 · 1 min left$/u);
  const notification = await rig.desktop.notifications.waitFor(({ body }) => body.includes('111111111111'));
  expect(withoutDirections(notification.summary)).toContain(start.slice(0, 12));
  expect(withoutDirections(notification.body)).toContain(`&lt;i&gt;&amp;[2J$(id)'עברית`);
  expect(withoutDirections(`${notification.summary}${notification.body}`)).not.toMatch(obeyed);

  // The command line.
  for (const args of [['status'], ['history'], ['check', profile], ['exec', unseen, '--', 'true'], ['export', unseen], ['report']]) {
    const ran = await runStsTray(rig, args, { cwd: folder });
    const printed = ran.stdout + ran.stderr;
    expect(printed, args[0]).not.toMatch(obeyed);
    expect(printed, args[0]).not.toContain('PWNED\u0007');
    expect(printed.length, args[0]).toBeGreaterThan(20);
  }
  expect((await runStsTray(rig, ['status'])).stdout).toMatch(/<b>&_.*…y+ /);
  expect(app.isRunning).toBe(true);
  expect(app.output).not.toMatch(/PWNED|\u202e/);
});
