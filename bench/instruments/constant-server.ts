import { join } from 'node:path';
import type { AppRig } from '../../testing/app/app-rig.ts';
import { OwnedProcess } from '../../testing/processes/owned-process.ts';
import type { Ownership } from '../../testing/processes/ownership.ts';

/** Starts a bare `node:http` server that answers so many bytes, and says at which Unix socket it listens. */
export async function constantServer(rig: AppRig, ownership: Ownership, bytes: number): Promise<string> {
  const socket = join(rig.env['XDG_RUNTIME_DIR'] ?? '', 'constant.sock');
  const args = [join(import.meta.dirname, '../programs', 'constant-server.mjs'), socket, `${bytes}`];
  const server = ownership.own(await OwnedProcess.spawn({ command: process.execPath, args, env: rig.env }));
  await server.firstLines(1);
  return socket;
}
