import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { encodePng, type Picture } from './png.ts';
import type { X11Connection } from './x11-connection.ts';
import { card16, card32, request } from './x11-wire.ts';

/** In pixels of the screen, from its top left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the screen shows in `area`, cut to the screen: a covered part shows what covers it. */
export async function takePicture(x11: X11Connection, area: Rectangle): Promise<Picture> {
  const { x, y, width, height } = cutToScreen(area, x11.screen);
  const Z_PIXMAP = 2;
  const ALL_PLANES = 0xffffffff;
  const place = [x, y, width, height].map(card16);
  const reply = await x11.ask(request(73, Z_PIXMAP, [card32(x11.screen.root), ...place, card32(ALL_PLANES)]));
  const bgrx = reply.subarray(32, 32 + width * height * 4);
  const rgba = Buffer.from(bgrx).swap32();
  // swap32 turned B G R x into x R G B; one byte further on, that reads R G B x.
  rgba.copyWithin(0, 1);
  for (let alpha = 3; alpha < rgba.length; alpha += 4) rgba[alpha] = 0xff;
  return { width, height, rgba };
}

export async function savePng(picture: Picture, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, encodePng(picture));
}

function cutToScreen(area: Rectangle, screen: { readonly width: number; readonly height: number }): Rectangle {
  const x = Math.min(Math.max(0, area.x), screen.width - 1);
  const y = Math.min(Math.max(0, area.y), screen.height - 1);
  const width = Math.max(1, Math.min(area.x + area.width, screen.width) - x);
  const height = Math.max(1, Math.min(area.y + area.height, screen.height) - y);
  return { x, y, width, height };
}
