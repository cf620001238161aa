import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import gifenc from 'gifenc';
import type { Desktop } from '../../testing/desktop/desktop.ts';
import type { Picture } from '../../testing/desktop/x11/png.ts';

/** How often the desktop is looked at, in milliseconds. */
const frameMs = 100;

/** Colours of a frame; one more stands for what is as in the frame before. */
const colours = 96;

type Shot = { readonly picture: Picture; readonly at: number };

/** Records what a desktop shows, from the making of this on. */
export class Film {
  readonly #desktop: Desktop;
  readonly #stop = new AbortController();
  readonly #shots: Shot[] = [];
  readonly #done: Promise<void>;

  constructor(desktop: Desktop) {
    this.#desktop = desktop;
    this.#done = this.#record();
  }

  /** Stops, and writes an animated GIF whose last frame stays for `lastMs`. What waits without a change is shown for `longestMs` at most. */
  async save(path: string, { lastMs = 4_000, longestMs = 2_500 } = {}): Promise<void> {
    this.#stop.abort();
    await this.#done;
    const gif = gifenc.GIFEncoder();
    for (const [index, { picture, at }] of this.#shots.entries()) {
      const next = this.#shots[index + 1];
      const shown = next === undefined ? lastMs : Math.min(next.at - at, longestMs);
      const previous = this.#shots[index - 1]?.picture;
      const palette = gifenc.quantize(picture.rgba, colours);
      const indexes = gifenc.applyPalette(picture.rgba, palette);
      const unchanged = palette.length;
      if (previous !== undefined) {
        const [pixels, before] = [pixelsOf(picture), pixelsOf(previous)];
        for (let pixel = 0; pixel < pixels.length; pixel += 1) if (pixels[pixel] === before[pixel]) indexes[pixel] = unchanged;
      }
      const { width, height } = picture;
      gif.writeFrame(indexes, width, height, {
        palette: [...palette, [0, 0, 0]],
        delay: shown,
        transparent: previous !== undefined,
        transparentIndex: unchanged,
        dispose: 1,
      });
    }
    gif.finish();
    await writeFile(path, gif.bytes());
  }

  async #record(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const picture = await this.#desktop.picture();
      const last = this.#shots.at(-1);
      if (last === undefined || !last.picture.rgba.equals(picture.rgba)) this.#shots.push({ picture, at: performance.now() });
      await delay(frameMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

function pixelsOf({ rgba }: Picture): Uint32Array {
  return new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
}
