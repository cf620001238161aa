import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OwnedProcess } from './owned-process.ts';
import { authorityFile } from './x11-wire.ts';

export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

/** An X server without hardware, on a display number that it chose itself, open only to who has its cookie. */
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

  static async start(folder: string, size: ScreenSize, env: Readonly<Record<string, string>>): Promise<DisplayServer> {
    const cookie = randomBytes(16);
    const authority = join(folder, 'Xauthority');
    await writeFile(authority, authorityFile(cookie), { mode: 0o600 });
    const screen = ['-screen', '0', `${size.width}x${size.height}x24`];
    const args = ['-displayfd', '1', ...screen, '-nolisten', 'tcp', '-auth', authority, '-noreset'];
    const server = await OwnedProcess.spawn({ command: 'Xvfb', args, env });
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
