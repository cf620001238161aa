import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { childOutcome, withinLimit } from './child-outcome.ts';
import { terminalEnvironment } from './environment.ts';
import { feedFifo } from './feed-fifo.ts';
import { handOverFolder, sessionFifo } from './left-hand-overs.ts';
import type { TerminalCommand } from './terminal-entry.ts';
import type { TerminalWorld } from './terminal-world.ts';

/**
 * Starts a terminal that reads `script` from a FIFO, and resolves when it has: null, or a few words
 * on why not. What goes through a FIFO never reaches the disk, and the one process that opens it is
 * the shell inside the terminal. An environment would not reach that shell: GNOME Terminal, Konsole,
 * Terminal and iTerm2 let a server process open the window.
 */
export async function handOverByFifo(commandFor: (fifo: string) => TerminalCommand, script: string, world: TerminalWorld): Promise<string | null> {
  const folder = await privateFolder(world);
  if (folder === null) return 'no private folder';
  try {
    const fifo = join(folder, sessionFifo);
    const env = terminalEnvironment(world.env, world.platform);
    const unmade = await childOutcome(world.spawn('mkfifo', ['-m', '600', fifo], { env, stdio: 'ignore' }));
    return unmade ?? (await startAndFeed(commandFor(fifo), { script, fifo, folder, env }, world));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type HandOver = {
  readonly script: string;
  readonly fifo: string;
  readonly folder: string;
  readonly env: Record<string, string>;
};

async function startAndFeed(command: TerminalCommand, handOver: HandOver, world: TerminalWorld): Promise<string | null> {
  const { script, fifo, folder, env } = handOver;
  // A file, because a pipe to the app would end the terminal by SIGPIPE when it outlives the app.
  const complaints = join(folder, 'stderr');
  const stderr = await open(complaints, 'w', 0o600);
  const given = new AbortController();
  try {
    const terminal = world.spawn(command.file, command.args, { env, detached: true, stdio: ['ignore', 'ignore', stderr.fd] });
    terminal.unref();
    const refusal = childOutcome(terminal).then((reason) => firstFailure(reason, complaints));
    return await withinLimit(Promise.race([feedFifo(fifo, script, given.signal), refusal]), world);
  } finally {
    given.abort();
    await stderr.close();
  }
}

/** A client that exits with 0 says nothing yet: its server may still be opening the window. */
async function firstFailure(reason: string | null, complaints: string): Promise<string> {
  if (reason === null) return new Promise<never>(() => undefined);
  const lines = (await readFile(complaints, 'utf8').catch(() => '')).split('\n');
  return (
    lines
      .map((line) => line.trim())
      .find((line) => line !== '')
      ?.slice(0, 200) ?? reason
  );
}

/** A new folder that only this user may enter; null when there is no place for one. */
async function privateFolder({ env, temporaryFolder }: TerminalWorld): Promise<string | null> {
  // After `su`, or in a container, XDG_RUNTIME_DIR may name a folder that isn't there, or isn't ours.
  for (const parent of [env['XDG_RUNTIME_DIR'], temporaryFolder]) {
    if (!parent) continue;
    const folder = await mkdtemp(join(parent, handOverFolder(process.pid))).catch(() => null);
    if (folder !== null) return folder;
  }
  return null;
}
