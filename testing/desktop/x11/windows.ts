import { poll } from '../../processes/deadline.ts';
import type { Rectangle } from './screen-picture.ts';
import type { X11Connection } from './x11-connection.ts';
import { card16, card32, request } from './x11-wire.ts';

/** A top-level window that the window manager knows. */
export interface DesktopWindow {
  readonly id: number;
  readonly title: string;
  /** Of the process that made the window, where it says so (`_NET_WM_PID`). */
  readonly pid: number | undefined;
  /** The window's own area, without the frame around it. */
  readonly area: Rectangle;
  /** The same with the window manager's title bar and borders. */
  readonly framedArea: Rectangle;
}

/** In the order in which they were opened, without the panel and the desktop. */
export async function listWindows(x11: X11Connection): Promise<DesktopWindow[]> {
  const clients = await x11.property(x11.screen.root, '_NET_CLIENT_LIST');
  const windows = await Promise.all(cardinals(clients?.value).map((id) => describeWindow(x11, id)));
  return windows.filter((window) => window !== undefined);
}

export function waitForWindow(x11: X11Connection, title: string | RegExp, milliseconds: number): Promise<DesktopWindow> {
  let seen: string[] = [];
  const sentence = (): string => `No window was titled ${String(title)} (there are: ${seen.join(', ') || 'none'})`;
  return poll(milliseconds, sentence, async () => {
    const windows = await listWindows(x11);
    seen = windows.map((window) => window.title);
    return windows.find((window) => (typeof title === 'string' ? window.title === title : title.test(window.title)));
  });
}

async function describeWindow(x11: X11Connection, id: number): Promise<DesktopWindow | undefined> {
  try {
    const type = cardinals((await x11.property(id, '_NET_WM_WINDOW_TYPE'))?.value);
    if (type.includes(await x11.atom('_NET_WM_WINDOW_TYPE_DOCK'))) return undefined;
    const title = (await x11.property(id, '_NET_WM_NAME')) ?? (await x11.property(id, 'WM_NAME'));
    const [pid] = cardinals((await x11.property(id, '_NET_WM_PID'))?.value);
    const [left = 0, right = 0, top = 0, bottom = 0] = cardinals((await x11.property(id, '_NET_FRAME_EXTENTS'))?.value);
    const area = await windowArea(x11, id);
    const framedArea = {
      x: area.x - left,
      y: area.y - top,
      width: left + area.width + right,
      height: top + area.height + bottom,
    };
    return { id, title: title?.value.toString('utf8') ?? '', pid, area, framedArea };
  } catch (failure) {
    // A window may close between the list and the question: BadWindow or BadDrawable.
    if (failure instanceof Error && /^X11 error (3|9)$/.test(failure.message)) return undefined;
    throw failure;
  }
}

async function windowArea(x11: X11Connection, id: number): Promise<Rectangle> {
  const geometry = await x11.ask(request(14, 0, [card32(id)]));
  const origin = await x11.ask(request(40, 0, [card32(id), card32(x11.screen.root), card16(0), card16(0)]));
  return {
    x: origin.readInt16LE(12),
    y: origin.readInt16LE(14),
    width: geometry.readUInt16LE(16),
    height: geometry.readUInt16LE(18),
  };
}

function cardinals(value: Buffer | undefined): number[] {
  const bytes = value ?? Buffer.alloc(0);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readUInt32LE(index * 4));
}
