import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { writeCommands } from '../testing/app/commands-in-home.ts';
import type { PersonInChromium } from '../testing/app/person-in-chromium.ts';
import { poll } from '../testing/processes/deadline.ts';
import { findProgram } from '../testing/processes/find-program.ts';
import { OwnedProcess } from '../testing/processes/owned-process.ts';
import type { Ownership } from '../testing/processes/ownership.ts';
import type { DesktopWindow } from '../testing/desktop/x11/windows.ts';
import { quit } from './quit.ts';
import { expectSeen, type Scene } from './scene.ts';
import { reached, signsIn } from './sign-in-files.ts';

const commandMs = 180_000;
const terminalTitle = 'Terminal of the user';
const signInTitle = 'Sign-in · STS Tray';
/** Wide enough for the pages, and no wider. */
const pageSize = { width: 760, height: 240 };
const accounts = Object.values(reached);

/** From nobody signed in to a plan in two accounts and back, as a person with a browser does it. */
export async function signInWalk(scene: Scene, person: PersonInChromium, ownership: Ownership): Promise<void> {
  const tray = await scene.tray();
  await tray.waitForMenu();
  await tray.clickMenuItem('Open STS Tray');
  await scene.window('STS Tray');
  await scene.seen('nobody-signed-in', 'The panel: nobody is signed in to the access portal corp. The AWS files have no access key.');

  const terminal = await openTerminal(scene, ownership);
  const work = await chosenWork(scene, terminal);
  await signInWhile(scene, person, terminal, work);
  await showAccounts(scene, terminal);
  await runAgain(scene, person, terminal, work);
  await signOut(scene, terminal);
  await quit(scene, tray);
  console.log('Quit: the app is gone.');
}

/** What waits for the person: a command, and what it says when it went on. */
type Work = { readonly title: string; readonly command: string; readonly says: readonly string[] };

/** A plan where Terraform is there; else a `login`, which waits just as long. */
async function chosenWork(scene: Scene, terminal: DesktopWindow): Promise<Work> {
  if (findProgram('terraform') === null) {
    console.log(
      'Left out: the Terraform plan, because there is no Terraform; `npm run setup -- --for demo` brings one. “sts-tray login dev” waits in its place.',
    );
    return { title: 'sts-tray login', command: 'sts-tray login dev', says: [reached.dev] };
  }
  await ends(await types(scene, terminal, 'terraform init'));
  return { title: 'terraform plan', command: 'sts-tray exec dev -- terraform plan', says: accounts };
}

async function signInWhile(scene: Scene, person: PersonInChromium, terminal: DesktopWindow, { title, command, says }: Work): Promise<void> {
  const typed = await types(scene, terminal, command);
  const page = await person.opens();
  await page.setViewportSize(pageSize);
  await scene.window(signInTitle);
  expectSeen('a command that waits', (await typed.exitCode()) === undefined);
  await scene.seen('plan-waits', `${title} waits; the window says who waits, and which host the page in the browser has.`);
  await scene.seenIn(
    (path) => page.screenshot({ path }),
    'sign-in-page',
    'The page of the access portal, in Chromium. It stands in for AWS’s own, which also asks for a password or a passkey.',
  );
  await person.chooses(page, signsIn);
  await page.getByRole('heading', { name: 'Back to STS Tray' }).waitFor();
  await scene.seenIn((path) => page.screenshot({ path }), 'back', `${signsIn} allowed it, and the browser came back to the app.`);

  const said = await ends(typed);
  for (const sentence of says) expectSeen(`${sentence} in what ${title} said`, said.includes(sentence));
  await scene.seen('plan-went-on', `${title} went on by itself: ${says.map((account) => `account ${account}`).join(' and ')}.`);
}

async function showAccounts(scene: Scene, terminal: DesktopWindow): Promise<void> {
  await scene.window('STS Tray');
  await scene.seen('account-shown', `The panel says who is signed in, and shows the session in account ${reached.dev}.`);
  const said = await ends(await types(scene, terminal, 'sts-tray sign-ins'));
  expectSeen('a sign-in in the list of sts-tray sign-ins', /corp +yes/.test(said));
  await scene.seen('sign-ins', 'sts-tray sign-ins lists the sign-in.');
}

async function runAgain(scene: Scene, person: PersonInChromium, terminal: DesktopWindow, { title, command, says }: Work): Promise<void> {
  const said = await ends(await types(scene, terminal, command));
  for (const sentence of says) expectSeen(`${sentence} in what ${title} said`, said.includes(sentence));
  expectSeen('one page in the browser for all of it', (await person.addresses()).length === 1);
  console.log(`${title} once more: no page was opened, since the sign-in serves every program until it ends.`);
}

async function signOut(scene: Scene, terminal: DesktopWindow): Promise<void> {
  await ends(await types(scene, terminal, 'sts-tray sign-out corp'));
  await scene.window('STS Tray');
  await scene.seen('signed-out', 'sts-tray sign-out corp: the app holds no token and no session any more, and AWS was told.');
  const files = await readdir(join(scene.machine.home, '.aws'));
  expectSeen('no cache of tokens beside the AWS files', files.join() === 'config');
  console.log('In ~/.aws there is the config and nothing else: no token was written there.');
}

/** A terminal of the user's, which knows nothing of the app but the command sts-tray. */
async function openTerminal(scene: Scene, ownership: Ownership): Promise<DesktopWindow> {
  const { machine, desktop } = scene;
  const { folder } = await writeCommands(machine);
  const env = {
    ...{ ...desktop.env, ...machine.env, LC_ALL: 'C.UTF-8', PATH: [folder, process.env['PATH']].join(delimiter) },
    // A line for each prompt says how the command before it ended.
    ...{ PS1: '$ ', PROMPT_COMMAND: `echo $? >>~/${endsFile}` },
  };
  const recorded = ['-e', 'script', '--quiet', '--flush', '--command', 'bash --norc', `${machine.home}/${saidFile}`];
  const args = ['-T', terminalTitle, '-fa', 'Monospace', '-fs', '10', '-geometry', '96x34+24+60', ...recorded];
  ownership.own(await OwnedProcess.spawn({ command: 'xterm', args, env }));
  const terminal = await scene.window(terminalTitle);
  await ends(await types(scene, terminal, 'cd ~/deploy'));
  return terminal;
}

const [endsFile, saidFile] = ['ends', 'said'];

type Typed = { readonly command: string; readonly exitCode: () => Promise<string | undefined>; readonly said: () => Promise<string> };

/** Types a command into the terminal, on an empty screen. */
async function types(scene: Scene, terminal: DesktopWindow, command: string): Promise<Typed> {
  const ended = async () => (await scene.fileInHome(endsFile)).split('\n').slice(0, -1);
  await poll(commandMs, 'The terminal had no prompt', async () => ((await ended()).length > 0 ? true : undefined));
  await scene.desktop.focus(terminal);
  await scene.desktop.pressKey('ctrl+l');
  const [before, saidBefore] = [(await ended()).length, (await scene.fileInHome(saidFile)).length];
  await scene.desktop.typeText(`${command}\n`);
  return { command, exitCode: async () => (await ended())[before], said: async () => (await scene.fileInHome(saidFile)).slice(saidBefore) };
}

/** Waits for the end of a command, and returns what the terminal showed of it. */
async function ends({ command, exitCode, said }: Typed): Promise<string> {
  const code = await poll(commandMs, `“${command}” did not end`, exitCode);
  if (code !== '0') throw new Error(`“${command}” ended with ${code}: ${await said()}`);
  return said();
}
