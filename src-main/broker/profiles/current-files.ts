import { areSettled, fileMarks, type FileMarks } from '../../aws/files/file-marks.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import { SerialQueue } from '../../core/serial-queue.ts';

type Parts = {
  readonly files: AwsFiles;
  /** Reads both files, and has all that depends on them take over what they say. */
  readonly read: () => Promise<void>;
  readonly now: () => number;
};

/**
 * Keeps what is known of the AWS files as they are. A watch is quick, but no promise: a system has only so many of
 * them, and some file systems tell of no change. So the files are looked at whenever they matter.
 */
export class CurrentFiles {
  readonly #parts: Parts;
  /** One reading after the other, so that an older one never replaces a newer one. */
  readonly #readings = new SerialQueue();
  /** The files at the last reading; null where a later change could have the same marks. */
  #known: FileMarks['text'] | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What tells the files that were last read from any others; null where a later change could look the same. */
  get seen(): string | null {
    return this.#known;
  }

  /** Reads the files. */
  load(): Promise<void> {
    return this.#readings.run(() => this.#load());
  }

  /** Reads the files where they are not those of the last reading. It takes a look at each, and no more, where they are. */
  async refresh(): Promise<void> {
    if (await this.#isCurrent()) return;
    await this.#readings.run(async () => {
      // Another caller may have come first.
      if (!(await this.#isCurrent())) await this.#load();
    });
  }

  async #isCurrent(): Promise<boolean> {
    return this.#known !== null && (await fileMarks(this.#parts.files)).text === this.#known;
  }

  async #load(): Promise<void> {
    const { files, read, now } = this.#parts;
    // Taken before: a change during the reading is to be seen as one.
    const marks = await fileMarks(files);
    const isSettled = areSettled(marks, now());
    await read();
    this.#known = isSettled ? marks.text : null;
  }
}

/** The same handlers, each of which first has the AWS files looked at, for the profile that it is asked for; null for none. */
export function withCurrentFiles<H extends object>(handlers: H, refresh: (profile: string | null) => Promise<void>): H {
  const current = Object.entries(handlers).map(([name, handler]) => [name, afterRefresh(handler as AnyHandler, refresh)] as const);
  return Object.fromEntries(current) as H;
}

type AnyHandler = (...given: readonly unknown[]) => unknown;

function afterRefresh(handler: AnyHandler, refresh: (profile: string | null) => Promise<void>): AnyHandler {
  return async (...given) => {
    await refresh(profileIn(given[0]));
    return await handler(...given);
  };
}

function profileIn(request: unknown): string | null {
  const { profile = null } = typeof request === 'object' && request !== null && 'profile' in request ? request : {};
  return typeof profile === 'string' ? profile : null;
}
