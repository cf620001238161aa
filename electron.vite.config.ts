import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** The notices of what is bundled, which their licences ask for, go into the package with it. */
const license = { fileName: 'licenses.md' };

/**
 * Three bundles from one source tree. Everything is bundled (`external: electron` and Node's own
 * modules only), so a package holds no node_modules and starts with few file reads.
 *
 * The main process has three entries: main.cjs decides, and loads the app or runs the command line,
 * so that neither waits for the other's code.
 *
 * main and preload are CommonJS: a sandboxed preload must be, and a CommonJS main is loaded before
 * the `ready` event, which `enableSandbox()` and `registerSchemesAsPrivileged()` need.
 */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      outDir: 'dist/main',
      license,
      rollupOptions: {
        input: { main: 'src-main/main.ts', app: 'src-main/app.ts', cli: 'src-main/cli/cli.ts' },
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
    plugins: [react()],
  },
});
