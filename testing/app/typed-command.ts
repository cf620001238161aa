import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import type { AppRig } from './app-rig.ts';

/** A command line to type into a terminal's window, and the folder to run it in. */
type TypedCommand = { readonly window: string | RegExp; readonly folder: string; readonly command: string };

export type Printed = { readonly exitCode: number; readonly output: string };

/** Types the command into an open terminal, as a person does. The function that it returns waits for the command's end. */
export async function typeCommand(rig: AppRig, { window, folder, command }: TypedCommand): Promise<() => Promise<Printed>> {
  const name = `typed-${++typed}`;
  const [log, exit] = [join(folder, `${name}.log`), join(folder, `${name}.exit`)];
  await rig.desktop.focus(await rig.desktop.waitForWindow(window));
  await rig.desktop.typeText(`cd ${folder} && ${command} > ${log} 2>&1; echo $? > ${exit}\n`);
  return async () => {
    await expect.poll(() => (existsSync(exit) ? readFile(exit, 'utf8') : ''), { timeout: 180_000 }).toMatch(/^\d+\n$/);
    return { exitCode: Number(await readFile(exit, 'utf8')), output: await readFile(log, 'utf8') };
  };
}

let typed = 0;
