import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { poll } from '../processes/deadline.ts';

const socket = 'wayland-sts-tray';

/** How long the compositor may take to start, in milliseconds. */
const patienceMs = 20_000;

/** Weston without a screen: windows of it are real to Chromium, which gets no word to paint what is hidden. */
export class WaylandCompositor {
  readonly #weston: ChildProcess;
  /** For programs that are to show their windows in it. */
  readonly env: Readonly<Record<string, string>>;

  private constructor(weston: ChildProcess) {
    this.#weston = weston;
    this.env = { WAYLAND_DISPLAY: socket, XDG_SESSION_TYPE: 'wayland', ELECTRON_OZONE_PLATFORM_HINT: 'wayland' };
  }

  /** In the `XDG_RUNTIME_DIR` of a desktop, whose session bus and tray programs use beside it. */
  static async start(env: Readonly<Record<string, string>>): Promise<WaylandCompositor> {
    const args = ['--backend=headless-backend.so', `--socket=${socket}`, '--width=1280', '--height=800', '--idle-time=0', '--no-config'];
    const weston = spawn('weston', args, { env: { ...process.env, ...env }, stdio: 'ignore' });
    const failed = once(weston, 'error').then(([error]) => {
      throw error as Error;
    });
    const listens = async () => ((await readdir(env['XDG_RUNTIME_DIR'] ?? '')).includes(socket) ? true : undefined);
    await Promise.race([poll(patienceMs, 'Weston does not listen', listens), failed]);
    return new WaylandCompositor(weston);
  }

  async close(): Promise<void> {
    if (this.#weston.exitCode !== null || this.#weston.signalCode !== null) return;
    const ended = once(this.#weston, 'exit');
    this.#weston.kill();
    await ended;
  }
}
