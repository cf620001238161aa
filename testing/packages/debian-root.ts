import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runProgram } from '../processes/run-program.ts';

/**
 * A throw-away system into which dpkg installs, with its own list of what is installed. The packages that the one under test
 * depends on are those of the computer itself, of which dpkg does not know here.
 */
export class DebianRoot {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<DebianRoot> {
    const folder = await mkdtemp(join(tmpdir(), 'debian-root-'));
    // Every user may look into a system.
    await chmod(folder, 0o755);
    for (const name of ['info', 'updates', 'triggers']) await mkdir(join(folder, 'var/lib/dpkg', name), { recursive: true });
    for (const name of ['status', 'available']) await writeFile(join(folder, 'var/lib/dpkg', name), '');
    return new DebianRoot(folder);
  }

  /** A path of the system. */
  path(name: string): string {
    return join(this.folder, name);
  }

  /** What dpkg prints on standard output. Rejects where it fails. */
  install(deb: string): Promise<string> {
    return this.#dpkg('--force-depends', '--install', deb);
  }

  remove(name: string): Promise<string> {
    return this.#dpkg('--remove', name);
  }

  /** The version that is installed; null for none. */
  async version(name: string): Promise<string | null> {
    const status = await readFile(this.path('var/lib/dpkg/status'), 'utf8');
    const entry = status.split('\n\n').find((each) => each.split('\n').includes(`Package: ${name}`));
    return /^Version: (.*)$/m.exec(entry ?? '')?.[1] ?? null;
  }

  /** Every file outside of dpkg's own folder. */
  async files(): Promise<readonly string[]> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(this.folder, join(entry.parentPath, entry.name)));
    return files.filter((file) => !file.startsWith('var/lib/dpkg/')).toSorted();
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  async #dpkg(...args: readonly string[]): Promise<string> {
    // There is no shell inside in which the package's scripts could run, and nothing for triggers to do.
    const command = ['dpkg', `--root=${this.folder}`, '--force-script-chrootless', '--no-triggers', `--log=${this.path('var/lib/dpkg/log')}`, ...args];
    const [program = '', ...rest] = process.getuid?.() === 0 ? command : ['unshare', '--map-root-user', ...command];
    // dpkg wants to find the tools of administrators.
    const env = { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' };
    const { exitCode, stdout, stderr } = await runProgram(program, rest, { env });
    if (exitCode !== 0) throw new Error(`dpkg failed: ${stderr}`);
    return stdout;
  }
}

/** Makes the same package again, as another version and with the changes to its files that `change` makes in a folder of them. */
export async function repackaged(deb: string, version: string, change: (tree: string) => Promise<void>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'repackaged-'));
  const tree = join(folder, 'tree');
  const run = async (...args: readonly string[]) => {
    const { exitCode, stderr } = await runProgram('dpkg-deb', args, { env: process.env });
    if (exitCode !== 0) throw new Error(`dpkg-deb failed: ${stderr}`);
  };
  await run('--raw-extract', deb, tree);
  const control = join(tree, 'DEBIAN/control');
  await writeFile(control, (await readFile(control, 'utf8')).replace(/^Version: .*$/m, `Version: ${version}`));
  await change(tree);
  await run('--root-owner-group', '-Znone', '--build', tree, join(folder, 'package.deb'));
  await rm(tree, { recursive: true });
  return join(folder, 'package.deb');
}
