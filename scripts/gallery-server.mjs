import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';

/**
 * Serves the gallery to this computer only.
 * @returns {Promise<import('vite').ViteDevServer>}
 */
export async function startGallery() {
  const checkout = join(import.meta.dirname, '..');
  const server = await createServer({
    configFile: false,
    root: join(checkout, 'src-renderer'),
    plugins: [react({ jsxImportSource: '#shown' })],
    cacheDir: join(checkout, '.runtime', 'gallery'),
    server: { host: '127.0.0.1', open: false, fs: { allow: [checkout] } },
    logLevel: 'warn',
    appType: 'mpa',
  });
  await server.listen();
  server.resolvedUrls.local = server.resolvedUrls.local.map((url) => `${url}gallery/`);
  return server;
}
