import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { clientEnv } from '../../testing/aws/clients/client-env.ts';
import { startBaseSession } from '../../testing/aws/clients/sdk-session.ts';
import { checkout } from '../../testing/app/running-app.ts';
import { ENGLISH, JAPANESE, startDesktop, type Desktop } from '../../testing/desktop/desktop.ts';
import { poll } from '../../testing/processes/deadline.ts';
import { OwnedProcess } from '../../testing/processes/owned-process.ts';
import { Ownership } from '../../testing/processes/ownership.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { DemoApp } from '../demo-app.ts';
import { DemoMachine } from '../demo-machine.ts';

export type FilmLanguage = 'en' | 'ja';

/** As wide as a page of a README, and no wider than a terminal and a prompt beside each other. */
const size = { width: 960, height: 540 };
const languages = { en: ENGLISH, ja: JAPANESE } as const;
const strokeMs = 55;
const patienceMs = 120_000;

/** A desktop with the app in its tray, a profile that asks it, a Terraform project, and a terminal in the project's folder. */
export class Stage {
  readonly machine: DemoMachine;
  readonly desktop: Desktop;
  readonly #ownership: Ownership;

  private constructor(machine: DemoMachine, desktop: Desktop, ownership: Ownership) {
    this.machine = machine;
    this.desktop = desktop;
    this.#ownership = ownership;
  }

  static async open(language: FilmLanguage): Promise<Stage> {
    const ownership = new Ownership();
    try {
      const machine = ownership.own(await DemoMachine.start());
      const desktop = ownership.own(await startDesktop({ size, language: languages[language], keyring: 'unlocked' }));
      const bin = await commandFolder(machine);
      const env = { ...desktop.env, ...machine.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` };
      const init = { ...process.env, ...machine.env, ...clientEnv(machine.aws, await startBaseSession(machine.aws)) };
      await succeeds('terraform', ['init'], { env: init, cwd: machine.project });
      ownership.own(await DemoApp.start(machine, desktop.env, ['--hidden']));
      await desktop.trayIconIsShown();
      await succeeds(join(bin, 'sts-tray'), ['install', 'default'], { env, cwd: machine.project });
      // The desktop's locale may not be installed, and without one xterm shows no character beyond ASCII. What runs in it has the language.
      const utf8 = { LC_ALL: 'C.UTF-8' };
      const font = ['-fa', 'DejaVu Sans Mono', '-fd', 'Noto Sans Mono CJK JP', '-fs', '9', '-bg', '#14161a', '-fg', '#e6e6e6'];
      const rc = join(machine.home, 'film.bashrc');
      await writeFile(rc, `unset LC_ALL\nPS1='$ '\nPROMPT_COMMAND='echo >>${promptsFile(machine)}'\ncd ${machine.project}\n`);
      const shell = ['-e', 'bash', '--rcfile', rc];
      ownership.own(
        await OwnedProcess.spawn({ command: 'xterm', args: [...font, '-geometry', '80x31+0+30', '-T', 'Terminal', ...shell], env: { ...env, ...utf8 } }),
      );
      await desktop.focus(await desktop.waitForWindow('Terminal'));
      const stage = new Stage(machine, desktop, ownership);
      await poll(patienceMs, 'The shell did not start', async () => ((await stage.#prompts()) > 0 ? true : undefined));
      return stage;
    } catch (failure) {
      await ownership.close();
      throw failure;
    }
  }

  /** Types a command as a person does; what comes back resolves when the shell asks for the next one. */
  async run(command: string): Promise<{ readonly ended: Promise<unknown> }> {
    const before = await this.#prompts();
    await this.type(command);
    await this.desktop.typeText('\n');
    const ended = poll(patienceMs, `${command} did not end`, async () => ((await this.#prompts()) > before ? true : undefined));
    return { ended };
  }

  /** Types as a person does. */
  async type(text: string): Promise<void> {
    for (const letter of text) {
      await this.desktop.typeText(letter);
      await delay(strokeMs);
    }
  }

  async #prompts(): Promise<number> {
    return (await readFile(promptsFile(this.machine), 'utf8').catch(() => '')).length;
  }

  close(): Promise<void> {
    return this.#ownership.close();
  }
}

/** Has a line for each time that the shell of the terminal asked for a command. */
function promptsFile({ home }: DemoMachine): string {
  return join(home, 'prompts');
}

/** A folder with `sts-tray`, which asks the app of this stage. */
async function commandFolder({ home, dataFolder }: DemoMachine): Promise<string> {
  const bin = join(home, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'sts-tray'), `#!/bin/sh\nexec '${join(checkout, 'bin', 'sts-tray')}' '--user-data-dir=${dataFolder}' "$@"\n`);
  await chmod(join(bin, 'sts-tray'), 0o755);
  return bin;
}

async function succeeds(program: string, args: readonly string[], options: { readonly env: NodeJS.ProcessEnv; readonly cwd: string }): Promise<void> {
  const { exitCode, stderr } = await runProgram(program, args, options);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}: ${stderr.trim()}`);
}
