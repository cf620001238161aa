import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../contract/app-error.ts';
import { headerOf } from '../../core/profiles/config-lines.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { Variables } from '../../core/hand-offs/exports.ts';
import type { ProfileSettings } from '../../core/profiles/profile-settings.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { writePrivateFile } from '../../files/private-file.ts';

type Parts = {
  /** The folder for the private files. */
  readonly folder: string;
  /** The `credential_process` line of a profile; null when its name cannot stand there. */
  readonly line: (profile: string, limitId: string | null) => string | null;
  readonly settingsOf: (profile: string) => Promise<ProfileSettings>;
  readonly env: NodeJS.ProcessEnv;
};

/** The variables of the user's own files, and where a terminal keeps them for an app that is started from it. */
const ownFiles = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'] as const;

/**
 * The private configuration of a profile's terminals: a config file whose only profile asks this app
 * for credentials, and an empty credentials file, so that no key of `[default]` wins over it. No
 * secret is in either, and they stay when the app quits: its next start serves the same terminals.
 */
export class RenewableConfiguration {
  readonly #parts: Parts;
  readonly #queue = new SerialQueue();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** `limitId` is that of a limited session, which has files of its own. Writes the files and returns the variables that point to them. Fails with `install-name-unusable`, `aws-file-unwritable`. */
  variables(profile: string, limitId: string | null = null): Promise<Result<Variables>> {
    // One after the other: terminals that open at once share the files.
    return this.#queue.run(() => this.#written(profile, limitId));
  }

  async #written(profile: string, limitId: string | null): Promise<Result<Variables>> {
    const line = this.#parts.line(profile, limitId);
    if (line === null) return failed(appError('install-name-unusable', { profile }));
    const folder = join(
      this.#parts.folder,
      createHash('sha256')
        .update(limitId === null ? profile : `${profile}\n${limitId}`)
        .digest('hex')
        .slice(0, 16),
    );
    const [config, credentials] = [join(folder, 'config'), join(folder, 'credentials')];
    const { body, services } = await this.#parts.settingsOf(profile);
    const text = [headerOf(profile, 'config'), `credential_process = ${line}`, ...body, ...services, ''].join('\n');
    for (const [file, content] of [
      [config, text],
      [credentials, ''],
    ] as const) {
      if ((await readFile(file, 'utf8').catch(() => null)) === content) continue;
      const reason = await writePrivateFile(file, Buffer.from(content));
      if (reason !== null) return failed(appError('aws-file-unwritable', { file, reason }));
    }
    return succeeded([
      ['AWS_CONFIG_FILE', config],
      ['AWS_SHARED_CREDENTIALS_FILE', credentials],
      ['AWS_PROFILE', profile],
      // Older Go SDKs read the config file only when told to.
      ['AWS_SDK_LOAD_CONFIG', '1'],
      ...this.#ownFiles(),
    ]);
  }

  #ownFiles(): Variables {
    return ownFiles.flatMap((name) => {
      const value = this.#parts.env[name];
      return value === undefined ? [] : [[`STS_TRAY_${name}`, value] as const];
    });
  }
}
