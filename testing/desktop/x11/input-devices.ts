import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

// The desktop's own locale may not be installed, and without one xdotool refuses letters beyond ASCII.
const UTF_8 = { LC_ALL: 'C.UTF-8' };

/** The desktop's keyboard and mouse, moved by xdotool through the X server's XTEST extension. */
export class InputDevices {
  readonly #env: Readonly<Record<string, string>>;

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env;
  }

  /** Types into whichever window has the focus. */
  typeText(text: string): Promise<void> {
    return this.#xdotool(['type', '--delay', '12', '--', text]);
  }

  /** An X keysym name or combination: `Return`, `Escape`, `ctrl+v`. */
  pressKey(key: string): Promise<void> {
    return this.#xdotool(['key', '--', key]);
  }

  click(x: number, y: number, button: 'left' | 'right'): Promise<void> {
    const number = button === 'left' ? '1' : '3';
    return this.#xdotool(['mousemove', String(x), String(y), 'click', number]);
  }

  focus(window: number): Promise<void> {
    return this.#xdotool(['windowactivate', '--sync', String(window)]);
  }

  /** Puts the window's upper left corner there. */
  move(window: number, { x, y }: { readonly x: number; readonly y: number }): Promise<void> {
    return this.#xdotool(['windowmove', String(window), String(x), String(y)]);
  }

  async #xdotool(args: readonly string[]): Promise<void> {
    await run('xdotool', [...args], { env: { ...this.#env, ...UTF_8 }, timeout: 15_000 });
  }
}
