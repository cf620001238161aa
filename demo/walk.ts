import { poll } from '../testing/processes/deadline.ts';
import type { Tray } from '../testing/desktop/tray/tray.ts';
import { findProgram } from '../testing/processes/find-program.ts';
import { deploy, deployIntoWrongAccount } from './deploy.ts';
import { quit } from './quit.ts';
import { expectSeen, type Scene } from './scene.ts';

const accountA = '111111111111';
const terminalTitle = `default - ${accountA} - auto-renewing`;

/** From the tray icon to a bucket in another account and back, as a user does it. */
export async function walk(scene: Scene): Promise<void> {
  const tray = await scene.tray();
  await showTray(scene, tray);
  await typeMfaCode(scene, tray);
  await showSession(scene, tray);
  await copyExports(scene, tray);
  await openTerminal(scene, tray);
  const reason = whyNoDeployment();
  if (reason === null) {
    await deploy(scene);
    await deployIntoWrongAccount(scene);
  } else console.log(`Left out: the Terraform deployment, because ${reason}.`);
  await endSession(scene, tray);
  await quit(scene, tray);
  console.log('Quit: the app is gone, and the exports have left the clipboard.');
}

async function showTray(scene: Scene, tray: Tray): Promise<void> {
  await tray.waitFor('the profile in the menu', async () => (await tray.menu()).some(({ label }) => label === 'Start session…'));
  expectSeen('a tray without a session', (await tray.tooltip()) === 'STS Tray: no session');
  await scene.desktop.clickTrayIcon('right');
  await scene.seen('tray', 'The tray icon and its menu: profile default, no session.');
  await scene.desktop.pressKey('Escape');
}

async function typeMfaCode(scene: Scene, tray: Tray): Promise<void> {
  const { desktop, machine } = scene;
  await tray.clickMenuItem('Start session…');
  await desktop.waitForWindow('MFA code · STS Tray');
  const hasLooked = () => (machine.aws.calls.some(({ action, outcome }) => action === 'ListMFADevices' && outcome === 'Success') ? true : undefined);
  await poll(10_000, 'The app did not look for the MFA device', hasLooked);
  await scene.window('MFA code · STS Tray');
  const code = await machine.aws.nextTotpCode();
  await desktop.typeText(code.slice(0, 3));
  await scene.seen('mfa-prompt', 'The MFA prompt says which identity the code is for; three of six digits are typed.');
  await desktop.typeText(code.slice(3));
}

async function showSession(scene: Scene, tray: Tray): Promise<void> {
  await tray.waitFor(`account ${accountA}`, async () => (await tray.tooltip()).includes(accountA), 20_000);
  const tooltip = await tray.tooltip();
  expectSeen('eight hours left in the tray', /\b(8 h|7 h 59 min) left$/.test(tooltip));
  await tray.clickMenuItem('Open STS Tray');
  await scene.window('STS Tray');
  await scene.seen('session', `A session; the tray says: ${tooltip}`);
}

async function copyExports(scene: Scene, tray: Tray): Promise<void> {
  await tray.clickMenuItem('Copy exports');
  const copied = await poll(10_000, 'No exports came into the clipboard', async () => {
    const text = await scene.desktop.clipboard.readText();
    return text.includes('AWS_SESSION_TOKEN') ? text : undefined;
  });
  const names = [...copied.matchAll(/^ export (\w+)=/gm)].map(([, name]) => name);
  expectSeen('exports for bash', names.includes('AWS_ACCESS_KEY_ID') && names.includes('AWS_SECRET_ACCESS_KEY'));
  await scene.seen('exports-copied', `In the clipboard: ${names.join(', ')}`);
}

async function openTerminal(scene: Scene, tray: Tray): Promise<void> {
  await tray.clickMenuItem('Open terminal');
  const { title } = await scene.window(terminalTitle);
  await scene.desktop.typeText('env | cut -d= -f1 | grep ^AWS_ | tee ~/variables\n');
  const has = (text: string) => (text.includes('AWS_PROFILE') ? true : undefined);
  await poll(15_000, 'The terminal did not have the profile', async () => has(await scene.fileInHome('variables')));
  expectSeen('no credentials in the terminal', !(await scene.fileInHome('variables')).includes('AWS_SESSION_TOKEN'));
  await scene.seen('terminal', `A terminal that asks the app for the session; its title: ${title}`);
}

function whyNoDeployment(): string | null {
  return findProgram('terraform') === null ? 'there is no Terraform; `npm run setup -- --for demo` brings one' : null;
}

async function endSession(scene: Scene, tray: Tray): Promise<void> {
  await tray.clickMenuItem('End session');
  await tray.waitFor('no session', async () => (await tray.tooltip()) === 'STS Tray: no session');
  await scene.window('STS Tray');
  await scene.seen('session-ended', 'End session: the app holds no credentials any more.');
}
