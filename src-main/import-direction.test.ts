import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

/** What each part may import besides itself. `docs/architecture.md` says why. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  core: ['contract', 'locales'],
  aws: ['core', 'contract'],
  vault: ['core', 'contract'],
  terraform: ['core', 'contract'],
  ledger: ['core', 'contract'],
  broker: ['aws', 'vault', 'terraform', 'ledger', 'core', 'contract'],
  platform: ['broker', 'core', 'contract'],
  cli: ['terraform', 'core', 'contract', 'locales'],
  preload: ['contract'],
  app: ['platform', 'broker', 'vault', 'ledger', 'aws', 'terraform', 'core', 'contract'],
  main: ['app', 'platform', 'cli'],
  renderer: ['contract', 'locales'],
};

const mayImportElectron = ['platform', 'preload', 'app', 'main'];
const mayImportNode = ['aws', 'vault', 'terraform', 'ledger', 'broker', 'platform', 'cli', 'app', 'main'];

type Import = { readonly file: string; readonly from: string; readonly to: string; readonly typesOnly: boolean };

const root = resolve(import.meta.dirname, '..');
const imports = ['src-main', 'src-renderer'].flatMap((folder) => sources(join(root, folder)).flatMap(importsOf));

describe('imports', () => {
  it('point one way, from main down to the contract', () => {
    const wrong = imports.filter(({ from, to }) => (to in mayImport || to === 'locales' ? to !== from && !mayImport[from]?.includes(to) : false));
    expect(wrong).toEqual([]);
  });

  it('bring electron only into platform, preload, app and main', () => {
    expect(imports.filter(({ from, to }) => /^electron(-|\/|$)/.test(to) && !mayImportElectron.includes(from))).toEqual([]);
  });

  it('keep Node out of the contract, the pure core, the preload and the renderer', () => {
    expect(imports.filter(({ from, to }) => to.startsWith('node:') && !mayImportNode.includes(from))).toEqual([]);
  });

  it('take nothing but types from the contract into the renderer', () => {
    expect(imports.filter(({ from, to, typesOnly }) => from === 'renderer' && to === 'contract' && !typesOnly)).toEqual([]);
  });

  it('were really read', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(imports).toContainEqual({ file: 'src-main/main.ts', from: 'main', to: 'app', typesOnly: false });
  });
});

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

function importsOf(file: string): Import[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  const from = partOf(file);
  const entry = (specifier: string, typesOnly: boolean): Import => {
    const to = specifier.startsWith('.') ? partOf(resolve(dirname(file), specifier)) : specifier;
    return { file: relative(root, file), from, to, typesOnly };
  };
  return [
    ...module.staticImports.map(({ moduleRequest, entries }) => entry(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType))),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) => (moduleRequest ? [entry(moduleRequest.value, isType)] : [])),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => entry(sourceText(file, moduleRequest), false)),
  ];
}

function sourceText(file: string, { start, end }: { start: number; end: number }): string {
  return readFileSync(file, 'utf8').slice(start + 1, end - 1);
}

/** The folder of src-main, the file beside them, or the renderer. */
function partOf(path: string): string {
  const [top, next = ''] = relative(root, path).split(/[\\/]/);
  if (top === 'src-renderer') return 'renderer';
  if (top === 'assets') return 'locales';
  return next.replace(/\.ts$/, '');
}
