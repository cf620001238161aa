import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startDesktop } from '../testing/desktop/desktop.ts';
import { missingPrograms } from '../testing/processes/missing-programs.ts';
import { Ownership } from '../testing/processes/ownership.ts';
import { DemoApp } from './demo-app.ts';
import { DemoMachine } from './demo-machine.ts';
import { Scene } from './scene.ts';
import { untilStopped } from './until-stopped.ts';
import { walk } from './walk.ts';

/** Does the whole job on a desktop that nobody sees, and takes pictures of it. Rejects at the first step that was not seen to work. */
export async function demoOnOwnDesktop(stop: AbortSignal, pictures?: string): Promise<void> {
  const missing = missingPrograms();
  if (missing.length > 0)
    throw new Error(`There is no display, and no desktop can be made: install ${missing.map(({ debianPackage }) => debianPackage).join(', ')}.`);
  const folder = pictures === undefined ? await mkdtemp(join(tmpdir(), 'demo-screens-')) : resolve(pictures);
  await mkdir(folder, { recursive: true });
  console.log('There is no display, so the demo makes a desktop of its own and does everything by itself.');

  const ownership = new Ownership();
  try {
    const machine = ownership.own(await DemoMachine.start());
    stop.throwIfAborted();
    const desktop = ownership.own(await startDesktop());
    stop.throwIfAborted();
    // Terraform's frames and our marks are no ASCII.
    const env = { ...desktop.env, LC_ALL: 'C.UTF-8' };
    const app = ownership.own(await DemoApp.start(machine, env, ['--hidden']));
    const scene = new Scene({ desktop, machine, app, folder });
    await unlessStopped(stop, walk(scene));
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
