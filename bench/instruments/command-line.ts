import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runProgram, type Ran } from '../../testing/processes/run-program.ts';
import { checkout } from '../../testing/app/running-app.ts';
import type { AppRig } from '../../testing/app/app-rig.ts';

/** The launcher of a checkout, as a user's programs start it. */
export const launcher = join(checkout, 'bin', 'sts-tray');

/** Arguments that find the running app by the folder of its files. */
export function launcherArgs(rig: AppRig, ...args: readonly string[]): readonly string[] {
  return [`--user-data-dir=${rig.dataFolder}`, ...args];
}

/** Throws, with what the launcher said, when it fails. */
export async function runLauncher(rig: AppRig, args: readonly string[], input = ''): Promise<Ran> {
  const ran = await runProgram(launcher, launcherArgs(rig, ...args), { env: rig.env, cwd: rig.home, input });
  if (ran.exitCode !== 0) throw new Error(`sts-tray ${args.join(' ')} ended with ${ran.exitCode}: ${ran.stderr.trim()}`);
  return ran;
}

/** Starts a session with the code that the MFA device shows. */
export async function login(rig: AppRig, profile: string): Promise<void> {
  await runLauncher(rig, ['login', profile, '--code-stdin'], `${await rig.aws.nextTotpCode()}\n`);
}

/** Runs a program as an SDK runs a `credential_process`: the program reads nothing, and both its outputs are kept. */
export async function runOnce(rig: AppRig, program: string, args: readonly string[]): Promise<Ran> {
  const child = spawn(program, args, { env: rig.env, cwd: rig.home, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout, stderr };
}
