import { expect, it } from 'vitest';
import { WindowPlace } from '../../../contract/settings.ts';
import { sizeAt, unzoomed } from './window-size.ts';

const panel = { width: 400, height: 560 };
const room = { width: 1232, height: 752 };

it('a window grows with the zoom, up to the size of the screen', () => {
  expect(sizeAt(1.25, panel, room)).toEqual({ width: 500, height: 700 });
  expect(sizeAt(3, panel, room)).toEqual({ width: 1200, height: 752 });
});

it('a window that the screen kept small has its usual size again without zoom', () => {
  const shown = sizeAt(3, panel, room);
  expect(sizeAt(1, unzoomed(shown, 3, panel, room), room)).toEqual(panel);
});

it('a window that the user resized keeps that size, in proportion to the zoom', () => {
  expect(unzoomed({ width: 900, height: 700 }, 1.5, panel, room)).toEqual({ width: 600, height: 467 });
});

it('a window that is small at a large zoom keeps a size that the settings take: else all of them would be called damaged', () => {
  const size = unzoomed({ width: 340, height: 360 }, 3, panel, room);
  expect(size).toEqual({ width: 200, height: 200 });
  expect(WindowPlace.safeParse({ ...size, at: null }).success).toBe(true);
  expect(unzoomed({ width: 16_000, height: 9_000 }, 0.5, panel, room)).toEqual({ width: 20_000, height: 18_000 });
});
