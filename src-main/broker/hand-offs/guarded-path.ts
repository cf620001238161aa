import { access, chmod, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { zshStartFile, zshStartFolder } from '../../core/hand-offs/guard-first.ts';
import { guardedProgram, guardedPrograms } from '../../core/hand-offs/guarded-program.ts';
import { tokenProgram, tokenPrograms } from '../../core/hand-offs/token-program.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { writePrivateFile } from '../../files/private-file.ts';

type Parts = {
  /** Where the guarded programs are kept. */
  readonly folder: string;
  /** How this app's command line is started. */
  readonly command: readonly string[];
  readonly platform: NodeJS.Platform;
};

/** The folder that terminals and runs have in front of their PATH. It stays when the app quits, as they do. */
export class GuardedPath {
  readonly #parts: Parts;
  readonly #queue = new SerialQueue();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Writes the programs that are missing or out of date, and returns the folder; null on Windows. Fails with `guard-unwritable`. */
  folder(): Promise<Result<string | null>> {
    return this.#queue.run(() => this.#written());
  }

  async #written(): Promise<Result<string | null>> {
    const { folder, command, platform } = this.#parts;
    // A batch file cannot become the program that it starts, nor pass on every argument as it is.
    if (platform === 'win32') return succeeded(null);
    const interpreter = await access('/bin/bash', constants.X_OK).then(
      () => 'bash' as const,
      () => 'sh' as const,
    );
    const programs = [
      ...guardedPrograms.map((name) => [name, guardedProgram(command, interpreter)] as const),
      ...tokenPrograms.map((program) => [program.name, tokenProgram(program, interpreter)] as const),
      [join(zshStartFolder, '.zshenv'), zshStartFile(folder)] as const,
    ];
    for (const [name, text] of programs) {
      const file = join(folder, name);
      const isThere = (await readFile(file, 'utf8').catch(() => null)) === text;
      const unwritten = isThere ? null : await writePrivateFile(file, Buffer.from(text));
      const reason = unwritten ?? (await chmod(file, 0o700).then(() => null, systemErrorReason));
      if (reason !== null) return failed(appError('guard-unwritable', { file, reason }));
    }
    return succeeded(folder);
  }
}
