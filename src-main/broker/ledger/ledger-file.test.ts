import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../contract/ledger.ts';
import { entryLine } from '../../core/ledger/history.ts';
import { ended, handedOff, issued, revoked } from '../../../testing/samples/sample-entries.ts';
import { junkInPlace } from '../../../testing/samples/junk-in-place.ts';
import { tried } from '../../../testing/trust/times.ts';
import { LedgerFile } from './ledger-file.ts';

const isWindows = process.platform === 'win32';

let home: string;
let folder: string;
let file: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ledger-'));
  folder = join(home, 'data');
  file = join(folder, 'ledger.jsonl');
});
afterEach(() => rm(home, { recursive: true }));

/** An entry that is told from the others by its number; all of one, two or three digits are equally long. */
const numbered = (pid: number) => handedOff({ program: { pid, command: 'terraform plan', folder: null } });
const bytesOf = (entry: LedgerEntry) => Buffer.byteLength(entryLine(entry));

async function append(ledger: LedgerFile, ...added: readonly LedgerEntry[]): Promise<void> {
  for (const entry of added) expect(await ledger.append(entry)).toEqual({ ok: true, value: null });
}

/** What a process that starts now finds. */
async function entries(): Promise<readonly LedgerEntry[]> {
  const read = await new LedgerFile({ file, kept: 9 }).read();
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

async function numbers(): Promise<readonly number[]> {
  return (await entries()).flatMap((entry) => (entry.event === 'handed-off' ? [entry.program?.pid ?? NaN] : []));
}

describe('the ledger on disk', () => {
  it('the ledger on disk is empty before the first entry, and makes no file for that', async () => {
    expect(await new LedgerFile({ file }).read()).toEqual({ ok: true, value: [] });
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  it('the ledger on disk gives back what was appended, in its order, to itself and to the next process', async () => {
    const ledger = new LedgerFile({ file });
    await append(ledger, issued(), handedOff(), revoked());
    expect(await ledger.read()).toEqual({ ok: true, value: [issued(), handedOff(), revoked()] });
    await append(new LedgerFile({ file }), ended());
    expect(await entries()).toEqual([issued(), handedOff(), revoked(), ended()]);
  });

  it('the ledger on disk keeps every one of many entries that come at once, and is settled when they are written', async () => {
    const ledger = new LedgerFile({ file });
    const all = Array.from({ length: 50 }, (_, index) => numbered(index));
    const written = all.map((entry) => ledger.append(entry));
    await ledger.settled();
    expect(await readFile(file, 'utf8')).toBe(all.map(entryLine).join(''));
    expect((await Promise.all(written)).every(({ ok }) => ok)).toBe(true);
  });

  it.skipIf(isWindows)('the ledger on disk is for the user alone, also in the files before it', async () => {
    const ledger = new LedgerFile({ file, bytesMax: bytesOf(issued()) });
    await append(ledger, issued(), issued());
    const modes = await Promise.all([folder, file, `${file}.1`].map(async (path) => (await stat(path)).mode & 0o777));
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });

  it.skipIf(isWindows)('the ledger on disk is for the user alone again when a copy brought a file that everybody can read', async () => {
    await mkdir(folder);
    await writeFile(file, entryLine(issued()), { mode: 0o644 });
    await chmod(file, 0o644);
    await append(new LedgerFile({ file }), ended());
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await entries()).toEqual([issued(), ended()]);
  });
});

describe('a file that was cut off in the middle of a line', () => {
  const last = revoked({ profile: 'プロファイル' });

  it('a ledger that was cut off in the middle of a line loads every whole entry, and has the next one on a line of its own, wherever the cut is', async () => {
    await mkdir(folder);
    const before = entryLine(issued());
    const whole = Buffer.from(before + entryLine(last));
    for (let length = Buffer.byteLength(before); length <= whole.length; length += 1) {
      await writeFile(file, whole.subarray(0, length));
      // All but the end of the line is a whole entry too.
      const kept = length >= whole.length - 1 ? [issued(), last] : [issued()];
      expect(await entries()).toEqual(kept);
      await append(new LedgerFile({ file }), ended());
      expect(await entries()).toEqual([...kept, ended()]);
      expect((await readFile(file, 'utf8')).endsWith(`\n${entryLine(ended())}`)).toBe(true);
    }
  });

  it('a ledger that was cut off in the middle of a line does not spoil the entry behind it when the file makes place for a new one', async () => {
    await mkdir(folder);
    await writeFile(file, entryLine(issued()) + entryLine(last).slice(0, 30));
    await append(new LedgerFile({ file, bytesMax: bytesOf(issued()) }), ended());
    expect(await readFile(file, 'utf8')).toBe(entryLine(ended()));
    expect(await entries()).toEqual([issued(), ended()]);
  });

  it('a ledger that was cut off in the middle of a line is noticed by a process whose own write failed half-way', async () => {
    const ledger = new LedgerFile({ file });
    await append(ledger, issued(), last);
    // As a full disk leaves it: nothing of this entry, and a failure.
    await rename(file, `${file}.kept`);
    await mkdir(file);
    expect(await ledger.append(ended())).toMatchObject({ ok: false });
    await rm(file, { recursive: true });
    await rename(`${file}.kept`, file);
    await truncate(file, bytesOf(issued()) + 50);
    await append(ledger, ended());
    expect(await entries()).toEqual([issued(), ended()]);
  });
});

describe('rotation', () => {
  const two = 2 * bytesOf(numbered(100));
  /** Two entries in each file, and three files at most. */
  const small = () => new LedgerFile({ file, bytesMax: two, kept: 2 });

  it('the rotation of the ledger begins a new file when the entry would make this one larger than the limit', async () => {
    const ledger = small();
    await append(ledger, numbered(100), numbered(101));
    expect(await readdir(folder)).toEqual(['ledger.jsonl']);
    await append(ledger, numbered(102));
    expect(await readdir(folder)).toEqual(['ledger.jsonl', 'ledger.jsonl.1']);
    expect(await readFile(file, 'utf8')).toBe(entryLine(numbered(102)));
  });

  it('the rotation of the ledger keeps the order of entries over the files', async () => {
    await append(small(), numbered(100), numbered(101), numbered(102), numbered(103), numbered(104));
    expect(await numbers()).toEqual([100, 101, 102, 103, 104]);
  });

  it('the rotation of the ledger lets the oldest file go when there are as many as are kept, and no other', async () => {
    const ledger = small();
    for (let number = 100; number < 107; number += 1) await append(ledger, numbered(number));
    expect(await readdir(folder)).toEqual(['ledger.jsonl', 'ledger.jsonl.1', 'ledger.jsonl.2']);
    expect(await numbers()).toEqual([102, 103, 104, 105, 106]);
  });

  it('the rotation of the ledger writes an entry that is larger than the limit by itself, and lets nothing go for it', async () => {
    await append(new LedgerFile({ file, bytesMax: 10, kept: 2 }), numbered(100), numbered(101));
    expect(await numbers()).toEqual([100, 101]);
    await rm(file);
    await append(new LedgerFile({ file, bytesMax: 10, kept: 2 }), numbered(102));
    expect(await numbers()).toEqual([100, 102]);
  });

  it.each([
    ['before the first rename', []],
    ['between two of them', [['.1', '.2']]],
    [
      'before the last',
      [
        ['.2', '.3'],
        ['.1', '.2'],
      ],
    ],
    [
      'after all of them',
      [
        ['.2', '.3'],
        ['.1', '.2'],
        ['', '.1'],
      ],
    ],
  ] as const)('the rotation of the ledger that a crash ended %s has lost nothing, and goes on without letting more go', async (_when, renames) => {
    const ledger = () => new LedgerFile({ file, bytesMax: two, kept: 3 });
    const first = ledger();
    for (let number = 100; number < 108; number += 1) await append(first, numbered(number));
    await rm(`${file}.3`);
    if (renames[0]?.[0] === '.1') await rename(`${file}.2`, `${file}.3`);
    for (const [from, to] of renames) await rename(file + from, file + to);
    expect(await numbers()).toEqual([102, 103, 104, 105, 106, 107]);

    await append(ledger(), numbered(108), numbered(109));
    expect(await numbers()).toEqual([102, 103, 104, 105, 106, 107, 108, 109]);
    await append(ledger(), numbered(110));
    expect(await numbers()).toEqual([104, 105, 106, 107, 108, 109, 110]);
  });
});

describe('a ledger that cannot be used', () => {
  it('a ledger that cannot be used says so of a folder in its place, and works again once that is gone', async () => {
    await mkdir(file, { recursive: true });
    const ledger = new LedgerFile({ file });
    expect(await ledger.append(issued())).toEqual({ ok: false, error: { code: 'ledger-unwritable', params: { file, reason: 'EISDIR' } } });
    expect(await ledger.read()).toEqual({ ok: false, error: { code: 'ledger-unreadable', params: { file, reason: 'EISDIR' } } });
    await ledger.settled();

    await rm(file, { recursive: true });
    await append(ledger, ended());
    expect(await ledger.read()).toEqual({ ok: true, value: [ended()] });
  });

  it('a ledger that cannot be used never moves a folder in its place as if it were a file that has become too large', async () => {
    await mkdir(file, { recursive: true });
    await new LedgerFile({ file, bytesMax: 10 }).append(issued());
    expect(await readdir(folder)).toEqual(['ledger.jsonl']);
  });

  it('a ledger that cannot be used says so when its own folder cannot be made', async () => {
    await writeFile(folder, '');
    const ledger = new LedgerFile({ file });
    expect(await ledger.append(issued())).toMatchObject({ ok: false, error: { code: 'ledger-unwritable', params: { file } } });
    expect(await ledger.read()).toMatchObject({ ok: false, error: { code: 'ledger-unreadable', params: { file, reason: 'ENOTDIR' } } });
  });

  it('a ledger that cannot be used names the file that cannot be read when it is an older one, which stops no writing', async () => {
    await mkdir(`${file}.1`, { recursive: true });
    const ledger = new LedgerFile({ file });
    await append(ledger, issued());
    expect(await ledger.read()).toEqual({ ok: false, error: { code: 'ledger-unreadable', params: { file: `${file}.1`, reason: 'EISDIR' } } });
  });
});

describe.skipIf(isWindows)('junk in the place of the ledger', () => {
  it('junk in the place of the ledger, or of one of the files before it, is left out or told of, hides nothing that can be read, and nobody waits for it', async (context) => {
    const anyReason = expect.stringMatching(/^E[A-Z]+$/) as string;
    for (const { what, put, ...junk } of junkInPlace) {
      // A ledger may be large.
      const isFile = junk.isFile || what === '50 MB';
      await rm(folder, { recursive: true, force: true });
      const [before, at] = [issued(), ended()];
      await append(new LedgerFile({ file, bytesMax: 1 }), before, before);
      put(`${file}.2`);
      const unreadable = { ok: false, error: { code: 'ledger-unreadable', params: { file: `${file}.2`, reason: anyReason } } };
      const read = await new LedgerFile({ file }).read();
      expect([what, read]).toEqual([what, isFile ? { ok: true, value: [before, before] } : unreadable]);
      await rm(`${file}.2`, { recursive: true });
      expect([what, await entries()]).toEqual([what, [before, before]]);

      await rm(file);
      put(file);
      const unwritable = { ok: false, error: { code: 'ledger-unwritable', params: { file, reason: anyReason } } };
      const written = await new LedgerFile({ file }).append(at);
      expect([what, written]).toEqual([what, isFile ? { ok: true, value: null } : unwritable]);
      const known = isFile ? await entries() : [before, at];
      expect([what, known]).toEqual([what, [before, at]]);
    }
    tried(context, 2 * junkInPlace.length);
  });
});
