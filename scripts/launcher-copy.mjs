import { chmod, cp, mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './setup/checkout.mjs';

/** A runtime that prints how it was started. When it is asked what `exec` has to do, it prints the lines of the file beside it. */
export const electronScript = `#!/bin/sh
for word do if [ "$word" = __exec-steps ]; then
  printf '%s\\n' "$@" >"\${0%/*}/asked"
  cat "\${0%/*}/steps"
  exit "$(cat "\${0%/*}/status")"
fi; done
pwd
printf "%s\\n" "\${ELECTRON_RUN_AS_NODE-unset}" "$@"
`;

export const isRoot = process.getuid?.() === 0;
export const rootFlag = isRoot ? ['--no-sandbox'] : [];
/** A command opens no window, so it needs no process either that would start the windows' ones. */
export const rootCommandFlags = isRoot ? ['--no-sandbox', '--no-zygote'] : [];

/** A copy of the launcher in a checkout with that runtime, in a folder of its own. */
export async function copiedLauncher() {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sts-tray launcher-')));
  const checkout = join(folder, 'checkout');
  const launcher = join(checkout, 'bin', 'sts-tray');
  await mkdir(join(checkout, '.runtime'), { recursive: true });
  await mkdir(join(checkout, 'dist', 'main'), { recursive: true });
  await cp(join(root, 'bin', 'sts-tray'), launcher);
  await writeFile(join(checkout, 'dist/main/main.cjs'), '');
  await writeExecutable(join(checkout, '.runtime', 'electron'), electronScript);
  await writeFile(join(checkout, '.runtime/electron-path.txt'), `${join(checkout, '.runtime', 'electron')}\n`);
  return { folder, checkout, launcher };
}

/** A stand-in for the running app at a socket, which gives every request the same answer. `asked` has what it was asked. */
export async function answeringApp(socket, status, body) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push({ url: new URL(request.url, 'http://localhost'), accept: request.headers.accept });
    response.writeHead(status).end(body);
  });
  await mkdir(join(socket, '..'), { recursive: true, mode: 0o700 });
  await new Promise((resolve) => server.listen(socket, resolve));
  await chmod(socket, 0o600);
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { asked, close };
}

export async function writeExecutable(file, text) {
  await writeFile(file, text);
  await chmod(file, 0o755);
}
