import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Ownership } from '../testing/processes/ownership.ts';
import { DemoApp } from './demo-app.ts';
import { DemoMachine } from './demo-machine.ts';
import { MfaDeviceDisplay } from './mfa-device-display.ts';
import { untilStopped } from './until-stopped.ts';

/** Opens the app on a local AWS for the user to try, until they quit it or `stop` is aborted. */
export async function demoOnYourDesktop(stop: AbortSignal): Promise<void> {
  const ownership = new Ownership();
  try {
    const machine = ownership.own(await DemoMachine.start());
    if (stop.aborted) return;
    const app = ownership.own(await DemoApp.start(machine, userEnvironment()));
    console.log(instructions(machine));
    ownership.own(new MfaDeviceDisplay(machine.aws, process.stdout));
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
  if (!aws.moto) lines.push('Only STS and IAM are there, so Terraform cannot make the bucket: moto_server is not installed.');
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
