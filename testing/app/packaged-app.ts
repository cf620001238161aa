import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { chmod, chown, copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { within } from '../processes/deadline.ts';
import type { Desktop } from '../desktop/desktop.ts';
import { runProgram } from '../processes/run-program.ts';
import { checkout } from './running-app.ts';

const Packaged = z.object({ runtime: z.enum(['official', 'fallback']), unpacked: z.string(), artifacts: z.array(z.string()) });

/** What `npm run package` made last; null if it never ran. */
export function readPackaged(): z.infer<typeof Packaged> | null {
  const record = join(checkout, '.runtime', 'packaged.json');
  return existsSync(record) ? Packaged.parse(JSON.parse(readFileSync(record, 'utf8'))) : null;
}

/** The archive as somebody has it who downloaded it: unpacked into a folder that every user may read. */
export class UnpackedArchive {
  readonly folder: string;
  readonly names: readonly string[];

  private constructor(folder: string, names: readonly string[]) {
    this.folder = folder;
    this.names = names;
  }

  static async unpack(archive: string): Promise<UnpackedArchive> {
    const folder = await mkdtemp(join(tmpdir(), 'unpacked-'));
    await chmod(folder, 0o755);
    const { exitCode, stderr } = await runProgram('tar', ['-xzf', archive, '-C', folder], { env: { PATH: process.env['PATH'] ?? '' } });
    if (exitCode !== 0) throw new Error(`tar failed: ${stderr}`);
    return new UnpackedArchive(folder, await readdir(folder));
  }

  get executable(): string {
    return join(this.folder, this.names[0] ?? '', 'sts-tray');
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

export type StartOptions = {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user?: number;
};

const STDERR_KEPT = 20_000;

/** The packaged app as a process, seen only through what every process shows. */
export class PackagedApp {
  readonly pid: number;
  readonly #executable: string;
  readonly #child: ChildProcessByStdio<null, null, Readable>;
  readonly #exit: Promise<number | null>;
  #stderr = '';

  private constructor(executable: string, child: ChildProcessByStdio<null, null, Readable>, pid: number) {
    this.pid = pid;
    this.#executable = executable;
    this.#child = child;
    this.#exit = once(child, 'exit').then(() => child.exitCode);
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT)));
  }

  static async start(executable: string, { args, env, user }: StartOptions): Promise<PackagedApp> {
    const owner = user === undefined ? {} : { uid: user, gid: user };
    const child = spawn(executable, args, { env, cwd: tmpdir(), stdio: ['ignore', 'ignore', 'pipe'], ...owner });
    await once(child, 'spawn');
    if (child.pid === undefined) throw new Error(`${executable} did not start`);
    return new PackagedApp(executable, child, child.pid);
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Its exit code, once it has ended; null when a signal ended it. */
  exitCode(milliseconds = 10_000): Promise<number | null> {
    return within(milliseconds, () => `The app did not end by itself. ${this.#stderr}`, this.#exit);
  }

  /** The app's processes, those of Chromium included. */
  processes(): readonly AppProcess[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => appProcess(Number(name)))
      .filter((each) => each !== null)
      .filter(({ argv }) => argv[0] === this.#executable);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    await this.exitCode(5_000).catch(async () => {
      this.#child.kill('SIGKILL');
      await this.#exit;
    });
  }
}

export type AppProcess = {
  readonly pid: number;
  readonly argv: readonly string[];
  /** As in `/proc/PID/status`. */
  readonly user: number;
  /** 2 when a filter decides which system calls the process may make. */
  readonly seccomp: number;
};

function appProcess(pid: number): AppProcess | null {
  try {
    // Chromium rewrites the arguments of its child processes, with spaces between them.
    const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split(/[\0 ]+/)
      .filter((argument) => argument !== '');
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? Number.NaN);
    return { pid, argv, user: field('Uid'), seccomp: field('Seccomp') };
  } catch {
    return null;
  }
}

/** The TCP ports on which a process listens. */
export function listeningPorts(pid: number): readonly number[] {
  const LISTEN = '0A';
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      } catch {
        return undefined;
      }
    }),
  );
  const rows = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, 'utf8').trim().split('\n').slice(1));
  return rows.flatMap((row) => {
    const [, local = '', , state, , , , , , inode] = row.trim().split(/\s+/);
    return state === LISTEN && sockets.has(inode) ? [Number.parseInt(local.slice(local.indexOf(':') + 1), 16)] : [];
  });
}

/** The user `nobody`, who owns nothing on a usual machine. */
const NOBODY = 65_534;

/** Somebody who may run the app with Chromium's sandbox: the user of the tests, or `nobody` when that user is root. */
export class OrdinaryUser {
  readonly id: number;
  readonly startOptions: StartOptions;
  readonly #door: BusDoor | null;

  private constructor(id: number, startOptions: StartOptions, door: BusDoor | null) {
    this.id = id;
    this.startOptions = startOptions;
    this.#door = door;
  }

  /** The user's files go into `folder`, which that user must be able to reach. */
  static async of(desktop: Desktop, folder: string): Promise<OrdinaryUser> {
    const id = process.getuid?.() ?? 0;
    const home = join(folder, 'home');
    const args = [`--user-data-dir=${join(home, 'data')}`];
    const folders = { HOME: home, XDG_RUNTIME_DIR: join(home, 'run'), XDG_CONFIG_HOME: join(home, '.config'), XDG_CACHE_HOME: join(home, '.cache') };
    for (const path of Object.values(folders)) await mkdir(path, { recursive: true, mode: 0o700 });
    const env = { ...desktop.env, ...folders };
    if (id !== 0) return new OrdinaryUser(id, { args, env }, null);

    const XAUTHORITY = join(home, 'Xauthority');
    await copyFile(desktop.env['XAUTHORITY'] ?? '', XAUTHORITY);
    for (const path of [...Object.values(folders), XAUTHORITY]) await chown(path, NOBODY, NOBODY);
    const door = await BusDoor.open(join(folder, 'bus'), desktop.sessionBusAddress);
    // None of the tests needs the system bus.
    const buses = { DBUS_SESSION_BUS_ADDRESS: door.address, DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nonexistent' };
    return new OrdinaryUser(NOBODY, { args, env: { ...env, XAUTHORITY, ...buses }, user: NOBODY }, door);
  }

  /** The process ID that the bus has for a process that this user started. */
  processOnBus(app: PackagedApp): number {
    return this.#door === null ? app.pid : process.pid;
  }

  close(): void {
    this.#door?.close();
  }
}

/**
 * A message bus serves only the user who started it. This door lets in everybody who reaches its socket,
 * under that user's name. The bus takes the programs behind it for this process.
 */
class BusDoor {
  readonly address: string;
  readonly #server: Server;

  private constructor(socket: string, server: Server) {
    this.address = `unix:path=${socket}`;
    this.#server = server;
  }

  static async open(socket: string, busAddress: string): Promise<BusDoor> {
    const bus = /^unix:path=([^,]+)/.exec(busAddress)?.[1] ?? '';
    const ownName = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
    const server = createServer((program) => {
      const daemon = connect(bus);
      let isKnown = false;
      program.on('data', (bytes) => {
        if (isKnown) return daemon.write(bytes);
        const greeting = bytes.toString('latin1');
        isKnown = greeting.includes('BEGIN\r\n');
        return daemon.write(greeting.replace(/AUTH EXTERNAL [0-9a-f]+/, `AUTH EXTERNAL ${ownName}`), 'latin1');
      });
      daemon.pipe(program);
      program.on('close', () => daemon.destroy()).on('error', () => daemon.destroy());
      daemon.on('close', () => program.destroy()).on('error', () => program.destroy());
    });
    server.listen(socket);
    await once(server, 'listening');
    await chmod(socket, 0o666);
    return new BusDoor(socket, server);
  }

  close(): void {
    this.#server.close();
  }
}
