import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { capture, show } from '../setup/child-process.mjs';
import { readJson, root, runtimeFolder } from '../setup/checkout.mjs';
import { SetupError } from '../setup/setup-error.mjs';

/** What of a checkout its tests need; the rest is large, or belongs to whoever made it. */
const needed = ['package.json', 'tsconfig.json', 'assets', 'bin', 'dist', 'e2e', 'src-main', 'src-renderer', 'testing', 'node_modules'];

/**
 * An ordinary user with a copy of this checkout and of the Electron runtime: as root, Chromium would run without its
 * sandbox, and sway not at all. A user with that name that is there already is taken as it is, and stays.
 */
export async function withOrdinaryUser({ name, runtime, say }, work) {
  const isThere = (await capture('id', ['-u', name])).code === 0;
  const folder = await mkdtemp(join(tmpdir(), 'desktops-'));
  try {
    const home = join(folder, 'home');
    await mkdir(home);
    if (!isThere) {
      say(`Making the user ${name} for this run (useradd); it goes in the end.`);
      await must('useradd', ['--home-dir', home, '--shell', '/bin/bash', '--no-create-home', name]);
    }
    const checkout = join(folder, 'checkout');
    await copyCheckout(checkout, runtime);
    // `mkdtemp` lets nobody else in.
    await chmod(folder, 0o755);
    await must('chown', ['-R', `${name}:`, home, checkout]);
    return await work({ checkout, run: (command, args, env) => runAs({ name, home, checkout }, command, args, env) });
  } finally {
    if (!isThere) {
      // What the desktops' services have left running would keep the user in place. Nobody else is this user.
      await capture('pkill', ['-KILL', '-u', name]);
      await must('userdel', [name]);
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function copyCheckout(checkout, runtime) {
  await mkdir(join(checkout, '.runtime'), { recursive: true });
  // `cp` of the system, since it copies tens of thousands of files several times as fast.
  await must('cp', ['-a', '--no-preserve=ownership', '--reflink=auto', ...needed.map((name) => join(root, name)), checkout]);
  const dist = join(checkout, '.runtime', basename(runtime.dist));
  await must('cp', ['-a', '--no-preserve=ownership', '--reflink=auto', runtime.dist, dist]);
  const executable = join(dist, basename(runtime.executable));
  const record = { ...readJson(join(runtimeFolder, 'electron.json')), dist, executable };
  await writeFile(join(checkout, '.runtime', 'electron.json'), JSON.stringify(record));
  await writeFile(join(checkout, '.runtime', 'electron-path.txt'), `${executable}\n`);
}

/** With nothing of the caller's environment but what the tests ask for. Resolves to the exit code. */
function runAs({ name, home, checkout }, command, args, env) {
  const own = { PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: home, USER: name, LOGNAME: name, LANG: 'C.UTF-8', TERM: process.env.TERM ?? 'dumb', ...env };
  return show('runuser', ['-u', name, '--', command, ...args], { cwd: checkout, env: own });
}

/** The pictures that a run took go where the checkout keeps its results. */
export async function bringBack(checkout, results) {
  await cp(join(checkout, results), join(root, results), { recursive: true }).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

async function must(command, args) {
  const { code, stderr } = await capture(command, args);
  if (code !== 0) throw new SetupError(`${command} failed (${stderr.trim() || `exit status ${code}`}): put that right and run the command again.`);
}
