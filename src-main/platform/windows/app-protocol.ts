import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';
import type { View } from '../../contract/ipc.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

const scheme = 'sts-tray';
const origin = `${scheme}://app`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The windows' pages come from a scheme of their own, so that they do not have the rights of `file:`. Call before `ready`. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, codeCache: true } }]);
}

/** Serves the built renderer, and nothing outside its folder. */
export function serveRenderer(folder: string): void {
  protocol.handle(scheme, async (request) => {
    const path = normalize(decodeURIComponent(new URL(request.url).pathname));
    const file = join(folder, path);
    const contentType = contentTypes[extname(file)];
    if (!isAppUrl(request.url) || !file.startsWith(folder + sep) || contentType === undefined) return notFound();
    try {
      const headers = { 'content-type': contentType, 'content-security-policy': contentSecurityPolicy, 'x-content-type-options': 'nosniff' };
      return new Response(new Uint8Array(await readFile(file)), { headers });
    } catch {
      return notFound();
    }
  });
}

export function viewUrl(view: View, popover = false): string {
  return `${origin}/index.html?view=${view}${popover ? '&popover' : ''}`;
}

/** Whether a page or a request is the app's own. */
export function isAppUrl(url: string): boolean {
  return url.startsWith(`${origin}/`);
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}
