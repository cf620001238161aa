import { join } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build } from 'vite';
import { checkout } from '../app/running-app.ts';

export type Chunk = { readonly fileName: string; readonly code: string; readonly imports: readonly string[]; readonly modules: readonly string[] };

/** The scripts of a bundle exactly as they are shipped, with electron-vite's own settings, and without writing them. */
export async function builtChunks(bundle: 'main' | 'renderer'): Promise<readonly Chunk[]> {
  const { config } = await resolveConfig({ configFile: join(checkout, 'electron.vite.config.ts') }, 'build', 'production');
  const settings = config?.[bundle];
  const built = await build({ ...settings, configFile: false, logLevel: 'silent', build: { ...settings?.build, write: false, watch: null } });
  const output = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  return output.flatMap((part) =>
    part.type === 'chunk' ? [{ fileName: part.fileName, code: part.code, imports: part.imports, modules: Object.keys(part.modules) }] : [],
  );
}

/** Some chunks, and all that is loaded with them. */
export function withImports(names: readonly string[], chunks: readonly Chunk[]): readonly Chunk[] {
  const found = new Set<Chunk>();
  const add = (name: string): void => {
    const chunk = chunks.find(({ fileName }) => fileName === name);
    if (chunk === undefined || found.has(chunk)) return;
    found.add(chunk);
    chunk.imports.forEach(add);
  };
  names.forEach(add);
  return [...found];
}
