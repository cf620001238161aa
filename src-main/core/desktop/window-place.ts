/** In pixels of the desktop. */
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/**
 * Where a window belongs once the displays have changed. It stays if all of it can be seen. Else it is
 * moved into the work area that shows most of it, or into the middle of the first one if none shows any
 * of it. It gets no larger than its work area.
 */
export function placeInside(window: Area, workAreas: readonly Area[]): Area {
  const [first] = workAreas;
  if (first === undefined || workAreas.some((area) => overlap(window, area) === window.width * window.height)) return window;
  const best = workAreas.reduce((found, area) => (overlap(window, area) > overlap(window, found) ? area : found), first);
  const width = Math.min(window.width, best.width);
  const height = Math.min(window.height, best.height);
  if (overlap(window, best) === 0) {
    const x = best.x + Math.round((best.width - width) / 2);
    return { x, y: best.y + Math.round((best.height - height) / 2), width, height };
  }
  const x = clamp(window.x, best.x, best.x + best.width - width);
  return { x, y: clamp(window.y, best.y, best.y + best.height - height), width, height };
}

/** Below an icon at the top of the screen, above one at the bottom, and never beyond the edge. */
export function placeBeside(window: Area, anchor: Area, workArea: Area): Area {
  const x = Math.round(anchor.x + anchor.width / 2 - window.width / 2);
  const y = anchor.y < workArea.y + workArea.height / 2 ? anchor.y + anchor.height : anchor.y - window.height;
  return {
    x: clamp(x, workArea.x, workArea.x + workArea.width - window.width),
    y: clamp(y, workArea.y, workArea.y + workArea.height - window.height),
    width: window.width,
    height: window.height,
  };
}

/** In square pixels. */
function overlap(a: Area, b: Area): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
