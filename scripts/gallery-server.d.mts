import type { ViteDevServer } from 'vite';

export function startGallery(): Promise<ViteDevServer>;
