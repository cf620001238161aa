import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson } from './checkout.mjs';
import { captureTool } from './child-process.mjs';
import { SetupError } from './setup-error.mjs';

const sources = ['src-main', 'src-renderer', 'assets', 'electron.vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];

/** Bundles the sources into dist/, unless neither has changed since the last build. */
export async function bundle({ root, rebuild, say }) {
  const stampFile = join(root, '.runtime', 'build.json');
  const sourcesHash = hashOf(root, sources);
  if (!rebuild && existsSync(join(root, 'dist', 'main'))) {
    const stamp = readJson(stampFile);
    // dist/ is compared too, because `electron-vite dev` also writes there.
    if (stamp?.sources === sourcesHash && stamp.dist === hashOf(root, ['dist'])) return;
  }
  say('Building (electron-vite build) …');
  const { code, stdout, stderr } = await captureTool('electron-vite', ['build', '--logLevel', 'warn'], { cwd: root });
  if (code !== 0) {
    say(stdout + stderr);
    throw new SetupError('The build failed, as electron-vite says above: put that right and run the command again.');
  }
  await mkdir(join(root, '.runtime'), { recursive: true });
  await writeFile(stampFile, JSON.stringify({ sources: sourcesHash, dist: hashOf(root, ['dist']) }));
}

/** A hash over the names and contents of all files below `paths`, without the tests, which are not in the build. */
export function hashOf(root, paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) add(`${path}/${name}`);
    } else if (!/\.test\.tsx?$/.test(path)) {
      hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
