import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startDesktop } from '../testing/desktop/desktop.ts';
import { PersonInChromium } from '../testing/app/person-in-chromium.ts';
import { findProgram } from '../testing/processes/find-program.ts';
import { missingPrograms } from '../testing/processes/missing-programs.ts';
import { Ownership } from '../testing/processes/ownership.ts';
import { DemoApp } from './demo-app.ts';
import { DemoMachine } from './demo-machine.ts';
import { Scene } from './scene.ts';
import { untilStopped } from './until-stopped.ts';
import { writeSignInFiles } from './sign-in-files.ts';
import { signInWalk } from './sign-in-walk.ts';
import { walk } from './walk.ts';

export type OwnDesktopOptions = {
  /** Whether a person signs in with the browser, in place of an access key and a code. */
  readonly signIn: boolean;
  /** The folder for the pictures; by default one of its own. */
  readonly pictures: string | undefined;
};

/** Does the whole job on a desktop that nobody sees, and takes pictures of it. Rejects at the first step that was not seen to work. */
export async function demoOnOwnDesktop(stop: AbortSignal, { signIn, pictures }: OwnDesktopOptions): Promise<void> {
  const missing = missingPrograms();
  if (missing.length > 0)
    throw new Error(`There is no display, and no desktop can be made: install ${missing.map(({ debianPackage }) => debianPackage).join(', ')}.`);
  if (signIn && findProgram('chromium') === null)
    throw new Error('Chromium is not installed, in which the demo signs in: run `sudo apt-get update && sudo apt-get install -y chromium`.');
  const folder = pictures === undefined ? await mkdtemp(join(tmpdir(), 'demo-screens-')) : resolve(pictures);
  await mkdir(folder, { recursive: true });
  console.log('There is no display, so the demo makes a desktop of its own and does everything by itself.');

  const ownership = new Ownership();
  try {
    const machine = ownership.own(await DemoMachine.start(signIn ? writeSignInFiles : undefined));
    stop.throwIfAborted();
    const desktop = ownership.own(await startDesktop());
    stop.throwIfAborted();
    // Terraform's frames and our marks are no ASCII.
    const env = { ...desktop.env, LC_ALL: 'C.UTF-8' };
    const start = async (appEnv: NodeJS.ProcessEnv): Promise<Scene> => {
      const app = ownership.own(await DemoApp.start(machine, appEnv, ['--hidden']));
      return new Scene({ desktop, machine, app, folder });
    };
    if (signIn) {
      const person = ownership.own(await PersonInChromium.start(join(machine.home, 'browser')));
      const scene = await start({ ...env, PATH: person.path(process.env['PATH']) });
      await unlessStopped(stop, signInWalk(scene, person, ownership));
    } else await unlessStopped(stop, walk(await start(env)));
  } finally {
    console.log(`Pictures: ${folder}`);
    await ownership.close();
  }
}

async function unlessStopped(stop: AbortSignal, work: Promise<void>): Promise<void> {
  // After a stop the work fails when its desktop is closed, which is not worth reporting.
  work.catch(() => undefined);
  await Promise.race([work, untilStopped(stop)]);
  stop.throwIfAborted();
}
