import { describe, expect, it } from 'vitest';
import { announcementText, readAnnouncement, type Announcement } from './announcement.ts';
import { nonceLength, proveApp, proveClient } from './proof.ts';
import type { Wire } from './wire.ts';

const announcement: Announcement = { address: '/run/pipe-1', token: 'a1'.repeat(32) };
const nonce = (byte: number) => new Uint8Array(nonceLength).fill(byte);

/** One direction of a connection. */
class Direction {
  readonly #messages: Uint8Array[] = [];
  #ended = false;
  #wake = (): void => {};

  put(bytes: Uint8Array): void {
    this.#messages.push(bytes);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async take(length: number): Promise<Uint8Array | null> {
    while (this.#messages.length === 0 && !this.#ended) await new Promise<void>((resolve) => (this.#wake = resolve));
    const bytes = this.#messages.shift();
    return bytes?.length === length ? bytes : null;
  }
}

/** Lets both sides prove themselves; a side that has finished goes away. Also tells what was sent. */
async function both(app: Announcement, client: Announcement) {
  const [toApp, toClient] = [new Direction(), new Direction()];
  const sent: string[] = [];
  const wire = (incoming: Direction, outgoing: Direction): Wire => ({
    write: (bytes) => {
      sent.push(Buffer.from(bytes).toString('hex'));
      outgoing.put(bytes);
    },
    read: (length) => incoming.take(length),
  });
  const outcomes = await Promise.all([
    proveApp(wire(toApp, toClient), app, nonce(1)).finally(() => toClient.end()),
    proveClient(wire(toClient, toApp), client, nonce(2)).finally(() => toApp.end()),
  ]);
  return { outcomes, sent };
}

describe('the proof that app and client know the same file', () => {
  it('the app and a client that read the same file prove it to each other, and never send its token', async () => {
    const { outcomes, sent } = await both(announcement, announcement);
    expect(outcomes).toEqual(['proven', 'proven']);
    expect(sent.map((bytes) => bytes.length / 2)).toEqual([32, 64, 32]);
    const everything = sent.join('');
    for (const secret of [announcement.token, Buffer.from(announcement.token).toString('hex')]) expect(everything).not.toContain(secret);
  });

  it.each([
    ['another token', { ...announcement, token: 'b2'.repeat(32) }],
    ['another address', { ...announcement, address: '/run/pipe-2' }],
  ])('a client that knows %s is told nothing, and tells nothing but its nonce', async (_, other) => {
    const { outcomes, sent } = await both(announcement, other);
    expect(outcomes).toEqual(['ended', 'wrong']);
    expect(sent[0]).toBe('02'.repeat(nonceLength));
    expect(sent).toHaveLength(2);
  });

  it('an app is not proven by an answer that was recorded before', async () => {
    const earlier = await both(announcement, announcement);
    const answer = Buffer.from(earlier.sent[1] ?? '', 'hex');
    const replayed = (asked: Uint8Array): Promise<string> => proveClient({ write: () => {}, read: async () => answer }, announcement, asked);
    expect(await replayed(nonce(2))).toBe('proven');
    expect(await replayed(nonce(3))).toBe('wrong');
  });

  it('a client is not proven by what the app itself sent, nor by what was recorded before', async () => {
    const { sent } = await both(announcement, announcement);
    const [, appSide = '', clientSide = ''] = sent;
    const claimed = (proof: string, own: Uint8Array): Promise<string> => {
      const messages = [nonce(2), Buffer.from(proof, 'hex')];
      return proveApp({ write: () => {}, read: async () => messages.shift() ?? null }, announcement, own);
    };
    expect(await claimed(clientSide, nonce(1))).toBe('proven');
    expect(await claimed(clientSide, nonce(4))).toBe('wrong');
    expect(await claimed(appSide.slice(2 * nonceLength), nonce(1))).toBe('wrong');
  });
});

describe('the file by which the app is found', () => {
  it('the file by which the app is found has its address and its token', () => {
    expect(readAnnouncement(announcementText(announcement), '/run/pipe-')).toEqual(announcement);
  });

  it.each([
    ['cut off', '{"address":"/run/pipe-1"'],
    ['no object', 'null'],
    ['without a token', '{"address":"/run/pipe-1"}'],
    ['with a short token', '{"address":"/run/pipe-1","token":"a1"}'],
    ['of another place', announcementText({ ...announcement, address: '/run/other' })],
  ])('a file that is %s leads to no app', (_, text) => {
    expect(readAnnouncement(text, '/run/pipe-')).toBeNull();
  });
});
