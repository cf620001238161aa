import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OwnedProcess } from '../../processes/owned-process.ts';
import { authorityFile } from './x11-wire.ts';

export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

interface DisplayOptions {
  readonly folder: string;
  readonly size: ScreenSize;
  /** Whether `xrandr` can give the screen another size while it is in use. */
  readonly resizable: boolean;
  /** The display to be, such as `:7`, where one has gone; by default one that is free. */
  readonly display?: string;
  readonly env: Readonly<Record<string, string>>;
}

/** An X server without hardware, on a display number that it chose itself, open only to clients with its cookie. */
export class DisplayServer {
  readonly display: string;
  readonly cookie: Buffer;
  readonly env: Readonly<Record<string, string>>;
  readonly #server: OwnedProcess;

  private constructor(display: string, cookie: Buffer, authority: string, server: OwnedProcess) {
    this.display = display;
    this.cookie = cookie;
    this.env = { DISPLAY: display, XAUTHORITY: authority };
    this.#server = server;
  }

  static async start({ folder, size, resizable, display, env }: DisplayOptions): Promise<DisplayServer> {
    const cookie = randomBytes(16);
    const authority = join(folder, 'Xauthority');
    await writeFile(authority, authorityFile(cookie), { mode: 0o600 });
    const { command, screen } = resizable ? resizableServer(folder, size) : fixedServer(size);
    const args = [...(display === undefined ? [] : [display]), '-displayfd', '1', ...screen, '-nolisten', 'tcp', '-auth', authority];
    const server = await OwnedProcess.spawn({ command, args, env });
    const [number] = await server.firstLines(1).catch(async (failure: unknown) => {
      await server.close();
      throw failure;
    });
    return new DisplayServer(`:${number}`, cookie, authority, server);
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

function fixedServer({ width, height }: ScreenSize) {
  return { command: 'Xvfb', screen: ['-screen', '0', `${width}x${height}x24`, '-noreset'] };
}

/** Xvfb cannot change the size that it started with. This server can; it also offers its screen on a socket, which nobody opens. */
function resizableServer(folder: string, { width, height }: ScreenSize) {
  const noPort = ['-rfbport', '-1', '-rfbunixpath', join(folder, 'screen.sock'), '-rfbunixmode', '0600', '-SecurityTypes', 'None'];
  return { command: 'Xtigervnc', screen: ['-geometry', `${width}x${height}`, '-depth', '24', ...noPort] };
}
