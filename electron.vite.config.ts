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
    plugins: [hclParser],
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
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
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
    build: { outDir: 'dist/renderer', license, rollupOptions: { input: 'src-renderer/index.html' } },
    plugins: [react({ jsxImportSource: '#shown' })],
  },
});
