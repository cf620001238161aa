import { describe, expect, it } from 'vitest';
import { placeBeside, placeInside } from './window-place.ts';

const laptop = { x: 0, y: 25, width: 1280, height: 775 };
const second = { x: 1280, y: 0, width: 1920, height: 1080 };
const prompt = { x: 1800, y: 300, width: 380, height: 400 };

describe('a window after the displays have changed', () => {
  it('a window after the displays have changed stays where it can be seen whole', () => {
    expect(placeInside(prompt, [laptop, second])).toEqual(prompt);
  });

  it('a window after the displays have changed comes to the middle of the first display when its own is gone', () => {
    expect(placeInside(prompt, [laptop])).toEqual({ x: 450, y: 213, width: 380, height: 400 });
  });

  it('a window after the displays have changed is moved no further than it must when only a part of it lies outside', () => {
    expect(placeInside({ ...prompt, x: 1000, y: 10 }, [laptop])).toEqual({ x: 900, y: 25, width: 380, height: 400 });
  });

  it('a window after the displays have changed goes to the display that shows most of it', () => {
    expect(placeInside({ ...prompt, x: 1200 }, [laptop, second])).toEqual({ ...prompt, x: 1280 });
  });

  it('a window after the displays have changed gets no larger than the display', () => {
    expect(placeInside({ x: 0, y: 0, width: 520, height: 680 }, [{ x: 0, y: 0, width: 480, height: 320 }])).toEqual({ x: 0, y: 0, width: 480, height: 320 });
  });

  it('a window after the displays have changed stays while there is no display at all', () => {
    expect(placeInside(prompt, [])).toEqual(prompt);
  });
});

describe('the panel beside the icon', () => {
  const panel = { x: 0, y: 0, width: 400, height: 560 };

  it('the panel beside the icon hangs from a bar at the top, and keeps off the edge', () => {
    expect(placeBeside(panel, { x: 1200, y: 0, width: 24, height: 24 }, laptop)).toEqual({ x: 880, y: 25, width: 400, height: 560 });
  });

  it('the panel beside the icon stands on a bar at the bottom', () => {
    const taskbar = { x: 600, y: 1040, width: 24, height: 40 };
    expect(placeBeside(panel, taskbar, { x: 0, y: 0, width: 1920, height: 1040 })).toEqual({ x: 412, y: 480, width: 400, height: 560 });
  });
});
