import { createHash } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Result } from '../../contract/app-error.ts';
import { ProfileName } from '../../contract/ipc.ts';
import { LimitId, SessionPolicies } from '../../contract/session-policies.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { jsonOf } from '../../core/json.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { writePrivateFile } from '../../files/private-file.ts';
import { ownFileBytesMax, readRegularFile } from '../../files/read-file.ts';

/** The session policies that sessions of a profile get. `id` says which they are, and stands in the environment of what has such a session. */
export type Limit = { readonly id: string; readonly profile: string; readonly policies: SessionPolicies };

const LimitFile = z.strictObject({ version: z.literal(1), profile: ProfileName, policies: SessionPolicies });

/**
 * The limits that were ever handed out, each in a file that is called by what it says. A terminal asks for its
 * session by this name, also after the app was started anew, and gets none if the file says something else.
 */
export class Limits {
  readonly #folder: string;
  readonly #known = new Map<string, Limit>();
  readonly #usedAt = new Map<string, number>();
  readonly #queue = new SerialQueue();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Fails with `limit-unwritable` `{file, reason}`. */
  async keep(profile: string, policies: SessionPolicies): Promise<Result<Limit>> {
    const text = JSON.stringify({ version: 1, profile, policies });
    const id = digestOf(text);
    const limit = this.#known.get(id) ?? { id, profile, policies };
    if (this.#known.has(id)) {
      await this.#markUsed(id);
      return succeeded(limit);
    }
    const file = this.#fileOf(id);
    const reason = await this.#queue.run(() => writePrivateFile(file, Buffer.from(text)));
    if (reason !== null) return failed(appError('limit-unwritable', { file, reason }));
    this.#known.set(id, limit);
    this.#usedAt.set(id, Date.now());
    return succeeded(limit);
  }

  /** Fails with `limit-unknown`. */
  async find(id: string): Promise<Result<Limit>> {
    const known = this.#known.get(id) ?? (await this.#read(id));
    if (known === null) return failed(appError('limit-unknown'));
    this.#known.set(id, known);
    await this.#markUsed(id);
    return succeeded(known);
  }

  /** So that `removeLeftLimits` sees that somebody still asks for it. */
  async #markUsed(id: string): Promise<void> {
    const now = Date.now();
    if (now - (this.#usedAt.get(id) ?? 0) < dayMs) return;
    this.#usedAt.set(id, now);
    await utimes(this.#fileOf(id), now / 1000, now / 1000).catch(() => undefined);
  }

  async #read(id: string): Promise<Limit | null> {
    if (!LimitId.safeParse(id).success) return null;
    const text = await readRegularFile(this.#fileOf(id), ownFileBytesMax).then(String, () => '');
    const parsed = LimitFile.safeParse(jsonOf(text));
    if (!parsed.success || digestOf(text) !== id) return null;
    const { profile, policies } = parsed.data;
    return { id, profile, policies };
  }

  #fileOf(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

const dayMs = 24 * 3_600_000;

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
