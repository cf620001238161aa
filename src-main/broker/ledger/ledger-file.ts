import { constants } from 'node:fs';
import { chmod, mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Result } from '../../contract/app-error.ts';
import type { LedgerEntry } from '../../contract/ledger.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { entriesOf, entryLine } from '../../core/ledger/history.ts';
import { systemErrorCode, systemErrorReason } from '../../core/system-error.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { readRegularFile } from '../../files/read-file.ts';

type LedgerFileOptions = {
  /** The full path of the file that is written to; those before it have `.1`, the youngest, to `.<kept>` behind. */
  readonly file: string;
  /** At this size, in bytes, a new file is begun. */
  readonly bytesMax?: number;
  /** How many files there are before the one that is written to. */
  readonly kept?: number;
};

/** How much of one file is read, in bytes: far more than any of them becomes. */
const readBytesMax = 128 * 1_048_576;

/**
 * The ledger on disk: one JSON line for each entry, mode 0600, only ever appended to. A crash can
 * cut off the line that is being written and no other; the next one starts on a line of its own.
 */
export class LedgerFile {
  readonly #file: string;
  readonly #bytesMax: number;
  readonly #kept: number;
  readonly #queue = new SerialQueue();
  /** Whether the file may end in the middle of a line. */
  #mayBeTorn = true;

  constructor({ file, bytesMax = 1_048_576, kept = 9 }: LedgerFileOptions) {
    this.#file = file;
    this.#bytesMax = bytesMax;
    this.#kept = kept;
  }

  /** Resolves when the entry is on the disk. Errors: `ledger-unwritable` `{file, reason}`. */
  append(entry: LedgerEntry): Promise<Result<null>> {
    return this.#queue.run(async () => {
      try {
        const line = entryLine(entry);
        await this.#rotateFor(Buffer.byteLength(line));
        await this.#write(line);
        return succeeded(null);
      } catch (error) {
        this.#mayBeTorn = true;
        return failed(appError('ledger-unwritable', { file: this.#file, reason: systemErrorReason(error) }));
      }
    });
  }

  /** All whole entries, the oldest first, of every file that is there. Errors: `ledger-unreadable` `{file, reason}`. */
  read(): Promise<Result<readonly LedgerEntry[]>> {
    return this.#queue.run(async () => {
      const youngestFirst: (readonly LedgerEntry[])[] = [];
      for (const file of this.#files()) {
        try {
          youngestFirst.push(entriesOf((await readRegularFile(file, readBytesMax)).toString('utf8')));
        } catch (error) {
          const reason = systemErrorReason(error);
          if (reason !== 'ENOENT') return failed(appError('ledger-unreadable', { file, reason }));
        }
      }
      return succeeded(youngestFirst.toReversed().flat());
    });
  }

  /** Resolves when all that was appended so far is written. */
  settled(): Promise<void> {
    return this.#queue.run(async () => undefined);
  }

  async #write(line: string): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    const handle = await open(this.#file, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
    try {
      const torn = this.#mayBeTorn && (await endsInsideALine(handle));
      if (this.#mayBeTorn) await chmod(this.#file, 0o600);
      await handle.appendFile(torn ? `\n${line}` : line);
      await handle.datasync();
      this.#mayBeTorn = false;
    } finally {
      await handle.close();
    }
  }

  /**
   * Each step is one rename, so a crash between two leaves a gap in the numbers and loses nothing. The
   * next rotation fills the gap; only where there is none does the oldest file go.
   */
  async #rotateFor(bytes: number): Promise<void> {
    const size = await sizeOf(this.#file);
    if (size === 0 || size + bytes <= this.#bytesMax) return;
    const [oldest = this.#file, ...younger] = (await this.#filesToTheGap()).toReversed();
    await rm(oldest, { force: true });
    let to = oldest;
    for (const from of younger) {
      await rename(from, to);
      to = from;
    }
  }

  /** The youngest first, up to the first one that is not there, which is the last of these. */
  async #filesToTheGap(): Promise<readonly string[]> {
    const files: string[] = [];
    for (const file of this.#files()) {
      files.push(file);
      if ((await stat(file).catch(ignoreMissing)) === undefined) break;
    }
    return files;
  }

  /** The youngest first. */
  #files(): readonly string[] {
    return [this.#file, ...Array.from({ length: this.#kept }, (_, index) => `${this.#file}.${index + 1}`)];
  }
}

async function endsInsideALine(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() !== '\n';
}

/** Anything but a file counts as empty, so that it is never moved like one. */
async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(ignoreMissing);
  return found?.isFile() ? found.size : 0;
}

function ignoreMissing(error: unknown): undefined {
  if (systemErrorCode(error) !== 'ENOENT') throw error;
  return undefined;
}
