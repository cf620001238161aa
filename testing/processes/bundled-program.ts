import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const checkout = join(import.meta.dirname, '../..');

/** A program in one file. */
export type BundledProgram = { readonly file: string; readonly remove: () => Promise<void> };

/**
 * Bundles a program of the tests, for those that start it again and again: to find, read and translate its hundreds of
 * modules would take two seconds of processor time at each start. `source` is a path from the checkout's folder.
 */
export async function bundledProgram(source: string): Promise<BundledProgram> {
  const built = await build({
    root: checkout,
    configFile: false,
    logLevel: 'silent',
    // Electron's package finds its own folder by its place.
    ssr: { noExternal: true, external: ['electron'] },
    build: { ssr: source, write: false, minify: false, rolldownOptions: { output: { codeSplitting: false } } },
  });
  const chunks = [built]
    .flat()
    .flatMap((each) => ('output' in each ? each.output : []))
    .flatMap((part) => (part.type === 'chunk' ? [part.code] : []));
  const [code] = chunks;
  if (code === undefined || chunks.length > 1) throw new Error(`${source} became ${chunks.length} files`);
  // In the checkout, from where Node finds its packages.
  await mkdir(join(checkout, '.runtime'), { recursive: true });
  const folder = await mkdtemp(join(checkout, '.runtime', 'bundled-'));
  const file = join(folder, 'program.mjs');
  await writeFile(file, code);
  return { file, remove: () => rm(folder, { recursive: true }) };
}
