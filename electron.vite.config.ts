import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** The notices of what is bundled, which their licences ask for, go into the package with it. */
const license = { fileName: 'licenses.md' };

/** The parser for HCL reads its WebAssembly from the folder above its own: its chunk is in chunks/. */
const hclParser = {
  name: 'hcl-parser',
  generateBundle(this: { emitFile: (file: { type: 'asset'; fileName: string; source: Uint8Array }) => void }) {
    const file = fileURLToPath(new URL('node_modules/@cdktn/hcl2json/main.wasm.gz', import.meta.url));
    this.emitFile({ type: 'asset', fileName: 'main.wasm.gz', source: readFileSync(file) });
  },
};

/** The main process reads its texts when it needs them, which is few of them at the start. */
const shippedTexts = {
  name: 'shipped-texts',
  generateBundle(this: { emitFile: (file: { type: 'asset'; fileName: string; source: string }) => void }) {
    for (const language of ['en', 'ja'])
      for (const part of ['tray', 'errors']) {
        const text = readFileSync(new URL(`assets/locales/${language}/${part}.json`, import.meta.url), 'utf8');
        this.emitFile({ type: 'asset', fileName: `texts/${language}/${part}.json`, source: JSON.stringify(JSON.parse(text)) });
      }
  },
};

/** The licence of the typeface, which is no module and so not among the notices. */
const typeface = {
  name: 'typeface-licence',
  generateBundle(this: { emitFile: (file: { type: 'asset'; fileName: string; source: Uint8Array }) => void }) {
    const file = fileURLToPath(new URL('node_modules/@fontsource-variable/inter/LICENSE', import.meta.url));
    this.emitFile({ type: 'asset', fileName: 'assets/inter-licence.txt', source: readFileSync(file) });
  },
};

/** The page asks for its typeface together with its script: it is laid out again, and painted later, where that comes only afterwards. */
const earlyTypeface = {
  name: 'early-typeface',
  transformIndexHtml: {
    order: 'post' as const,
    handler: (_html: string, { bundle = {} }: { readonly bundle?: Readonly<Record<string, unknown>> }) => {
      const file = Object.keys(bundle).find((name) => name.includes('inter-latin-wght'));
      // Not while developing, where there is no bundle.
      if (file === undefined) return [];
      return [{ tag: 'link', attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `./${file}`, crossorigin: true }, injectTo: 'head' as const }];
    },
  },
};

/**
 * Engines keep the text of a script of which they may still compile a part, and in two bytes for each character as soon as
 * one of them is none of Latin-1: with escapes it takes half of that.
 */
const oneByteTexts = {
  name: 'one-byte-texts',
  generateBundle: (_options: unknown, bundle: Readonly<Record<string, { type: string; code?: string }>>) => {
    for (const part of Object.values(bundle)) {
      if (part.type !== 'chunk' || part.code === undefined) continue;
      // Behind a backslash it would become the text of an escape.
      part.code = part.code.replaceAll(/(?<!\\)[^\x00-\xFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
};

/**
 * Three bundles from one source tree. Everything is bundled (`external: electron` and Node's own
 * modules only), so a package holds no node_modules and starts with few file reads.
 *
 * The main process has five entries: main.cjs decides, and loads the app or runs the command line,
 * so that neither waits for the other's code; reader.cjs is the process that reads Terraform projects,
 * hosted.cjs the one that runs commands for launchers.
 *
 * main and preload are CommonJS: a sandboxed preload must be, and a CommonJS main is loaded before
 * the `ready` event, which `enableSandbox()` and `registerSchemesAsPrivileged()` need.
 */
export default defineConfig({
  main: {
    plugins: [hclParser, shippedTexts, oneByteTexts],
    build: {
      externalizeDeps: false,
      outDir: 'dist/main',
      license,
      rollupOptions: {
        // What hcl2json falls back to where there is no global of that name.
        external: ['performance'],
        input: {
          main: 'src-main/main.ts',
          app: 'src-main/app/app.ts',
          cli: 'src-main/cli/cli.ts',
          hosted: 'src-main/cli/hosted.ts',
          reader: 'src-main/terraform/reader-entry.ts',
        },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
          // Their memory and their reading count. The names of functions and classes stay, so that the log says where something failed.
          minify: { compress: { keepNames: { function: true, class: true } }, mangle: { keepNames: true }, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: 'dist/preload',
      rollupOptions: {
        input: { preload: 'src-main/preload/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    build: { outDir: 'dist/renderer', minify: true, license, rollupOptions: { input: 'src-renderer/index.html' } },
    plugins: [typeface, earlyTypeface, react({ jsxImportSource: '#shown' })],
  },
});
