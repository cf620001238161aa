import { windowPixels } from '../../../contract/limits.ts';

/** In pixels. */
export type Size = { readonly width: number; readonly height: number };

/** How far sizes may differ by rounding, in pixels. */
const rounding = 3;

/** What a content of this size takes at a zoom factor, and no more than there is room for. */
export function sizeAt(factor: number, { width, height }: Size, room: Size): Size {
  return { width: Math.min(Math.round(width * factor), room.width), height: Math.min(Math.round(height * factor), room.height) };
}

/** The size without zoom of a window that is shown at a zoom factor: what it was, unless the user has made it larger or smaller since. */
export function unzoomed(shown: Size, factor: number, before: Size, room: Size): Size {
  const expected = sizeAt(factor, before, room);
  const isSame = Math.abs(expected.width - shown.width) <= rounding && Math.abs(expected.height - shown.height) <= rounding;
  return isSame ? before : { width: kept(shown.width / factor), height: kept(shown.height / factor) };
}

/** As the settings take it. */
function kept(pixels: number): number {
  return Math.max(windowPixels.min, Math.min(Math.round(pixels), windowPixels.max));
}
