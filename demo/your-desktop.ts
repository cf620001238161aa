import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { writeCommands } from '../testing/app/commands-in-home.ts';
import { Ownership } from '../testing/processes/ownership.ts';
import { DemoApp } from './demo-app.ts';
import { DemoMachine } from './demo-machine.ts';
import { MfaDeviceDisplay } from './mfa-device-display.ts';
import { signsIn, writeSignInFiles } from './sign-in-files.ts';
import { untilStopped } from './until-stopped.ts';

/** Opens the app on a local AWS for the user to try, until they quit it or `stop` is aborted. */
export async function demoOnYourDesktop(stop: AbortSignal, { signIn }: { readonly signIn: boolean }): Promise<void> {
  const ownership = new Ownership();
  try {
    const machine = ownership.own(await DemoMachine.start(signIn ? writeSignInFiles : undefined));
    if (stop.aborted) return;
    const app = ownership.own(await DemoApp.start(machine, userEnvironment()));
    if (signIn) {
      const { environment } = await writeCommands(machine);
      console.log(signInInstructions(machine, environment));
    } else {
      console.log(instructions(machine));
      ownership.own(new MfaDeviceDisplay(machine.aws, process.stdout));
    }
    const code = await Promise.race([app.ended, untilStopped(stop)]);
    if (typeof code === 'number' && code !== 0) throw new Error(`The app ended with code ${code}. ${app.said}`);
  } finally {
    await ownership.close();
  }
}

function instructions({ aws, project }: DemoMachine): string {
  const { a, b, c } = aws.accounts;
  const endpoint = `export AWS_ENDPOINT_URL=${aws.endpoint}`;
  const lines = [
    `STS Tray is open on a local AWS: profile default, account ${a.accountId}.`,
    'Try: Start session in the panel or in the tray, and type the MFA code below; then Copy exports or Open terminal.',
    `In the terminal: terraform -chdir=${project} init, then apply: a bucket in account ${b.accountId}.`,
    `Then write ${c.accountId} into the role of main.tf, and apply again: STS Tray stops it.`,
  ];
  // Several terminals hand the new window to a process that is already running, which has its own environment.
  if (process.platform !== 'win32') lines.push(`If AWS_ENDPOINT_URL is not set in that terminal: ${endpoint}`);
  return [...lines, 'Quit the app or press Ctrl-C to end.', ''].join('\n');
}

function signInInstructions({ aws, project }: DemoMachine, environment: string): string {
  const lines = [
    'STS Tray is open on a local AWS, whose access portal corp has the profiles dev and stg. No access key is there.',
    ...(process.platform === 'win32'
      ? ['Try: Sign in in the panel, and then Open terminal in the menu of a profile.']
      : [
          'Try, in a terminal of your own:',
          `  . ${environment}; cd ${project}; terraform init; sts-tray exec dev -- terraform plan`,
          'The plan waits, and your browser opens the page of the access portal.',
        ]),
    `On the page choose ${signsIn} and Allow; the page stands in for AWS’s own, at ${aws.startUrl}.`,
    'Run it again: no page opens. Then Sign out in the panel.',
  ];
  return [...lines, 'Quit the app or press Ctrl-C to end.', ''].join('\n');
}

/** The user's own environment, without settings of AWS or Terraform, and without those of Electron that set-up uses. */
function userEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|TF|ELECTRON)_/.test(name));
  const env = Object.fromEntries(kept);
  // Programs look for the X server's key in the home folder, which is a different one now.
  const authority = join(homedir(), '.Xauthority');
  return env['XAUTHORITY'] === undefined && existsSync(authority) ? { ...env, XAUTHORITY: authority } : env;
}
