import { within } from '../../processes/deadline.ts';
import type { X11Connection } from './x11-connection.ts';
import { ATOM, card16, card32, card8, EVENT, pack, request } from './x11-wire.ts';

const ANSWER_MS = 5_000;
const CURRENT_TIME = 0;

/** `primary` is what a middle click pastes. */
export type Selection = 'clipboard' | 'primary';

/** The CLIPBOARD and PRIMARY selections as another program of the desktop sees them. */
export class Clipboard {
  readonly #x11: X11Connection;
  readonly #window: number;
  #written = '';

  constructor(x11: X11Connection) {
    this.#x11 = x11;
    this.#window = x11.createHiddenWindow();
    x11.events.on('event', (type, event) => {
      if (type === EVENT.SELECTION_REQUEST) void this.#answer(event);
    });
  }

  /** The text, or '' when nobody owns the selection or the owner has no text. */
  async readText(selection: Selection = 'clipboard'): Promise<string> {
    const value = await this.#convert('UTF8_STRING', selection);
    return value?.toString('utf8') ?? '';
  }

  /** What the owner offers: MIME types and X targets, marks such as x-kde-passwordManagerHint included. */
  async targets(): Promise<string[]> {
    const value = await this.#convert('TARGETS');
    const atoms = Array.from({ length: (value?.length ?? 0) / 4 }, (_, index) => value?.readUInt32LE(index * 4) ?? 0);
    return Promise.all(atoms.map((atom) => this.#x11.atomName(atom)));
  }

  /** The value that the owner gives for one target, as bytes. */
  read(target: string): Promise<Buffer | undefined> {
    return this.#convert(target);
  }

  /** Takes the clipboard over, as copying in another program does. */
  async writeText(text: string): Promise<void> {
    this.#written = text;
    const selection = await this.#x11.atom('CLIPBOARD');
    this.#x11.send(request(22, 0, [this.#window, selection, CURRENT_TIME].map(card32)));
    const owner = await this.#x11.ask(request(23, 0, [card32(selection)]));
    if (owner.readUInt32LE(8) !== this.#window) throw new Error('The X server did not hand the clipboard over');
  }

  async #convert(targetName: string, selectionName: Selection = 'clipboard'): Promise<Buffer | undefined> {
    const [selection, target, property, incremental] = await Promise.all(
      [selectionName.toUpperCase(), targetName, 'STS_TRAY_TEST_SELECTION', 'INCR'].map((name) => this.#x11.atom(name)),
    );
    if (selection === undefined || target === undefined || property === undefined) return undefined;
    const notified = this.#selectionNotify();
    this.#x11.send(request(24, 0, [this.#window, selection, target, property, CURRENT_TIME].map(card32)));
    const notify = await within(ANSWER_MS, 'The owner of the clipboard did not answer', notified);
    if (notify.readUInt32LE(20) === 0) return undefined;
    const answer = await this.#x11.property(this.#window, 'STS_TRAY_TEST_SELECTION');
    if (answer?.type === incremental) throw new Error('The clipboard holds more than one X11 transfer');
    return answer?.value;
  }

  #selectionNotify(): Promise<Buffer> {
    return new Promise((resolve) => {
      const hear = (type: number, event: Buffer): void => {
        if (type !== EVENT.SELECTION_NOTIFY || event.readUInt32LE(8) !== this.#window) return;
        this.#x11.events.off('event', hear);
        resolve(event);
      };
      this.#x11.events.on('event', hear);
    });
  }

  async #answer(event: Buffer): Promise<void> {
    const [time, , requestor, selection, target, asked] = [4, 8, 12, 16, 20, 24].map((offset) => event.readUInt32LE(offset));
    if (requestor === undefined || target === undefined || asked === undefined) return;
    // Clients older than ICCCM 2 send no property and expect the target's name.
    const property = asked === 0 ? target : asked;
    const [targets, text] = await Promise.all([this.#x11.atom('TARGETS'), this.#x11.atom('UTF8_STRING')]);
    const given = target === targets || target === text || target === ATOM.STRING;
    if (target === targets) {
      await this.#x11.changeProperty(requestor, property, ATOM.ATOM, pack([targets, text, ATOM.STRING].map(card32)));
    } else if (given) {
      await this.#x11.changeProperty(requestor, property, target, Buffer.from(this.#written));
    }
    const words = [time ?? 0, requestor, selection ?? 0, target, given ? property : 0].map(card32);
    const head = [card8(EVENT.SELECTION_NOTIFY), card8(0), card16(0)];
    this.#x11.sendEvent(requestor, pack([...head, ...words, card32(0), card32(0)]));
  }
}
