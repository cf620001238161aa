import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AwsFiles } from '../../aws/files/environment.ts';
import { profileSettings } from '../../aws/files/profiles.ts';
import type { Result } from '../../contract/app-error.ts';
import { credentialProcessLine, unwritableLine } from '../../core/aws-files/credential-process-line.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { Variables } from '../../core/hand-offs/exports.ts';
import { privateConfiguration, servedNames, type ServedName } from '../../core/profiles/private-configuration.ts';
import { onlyMark } from '../../core/hand-offs/run-marks.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { writePrivateFile } from '../../files/private-file.ts';
import { setAside } from '../../files/set-aside.ts';
import { closedPlace } from './closed-place.ts';

type Parts = {
  /** The folder for the private files. */
  readonly folder: string;
  readonly files: AwsFiles;
  /** How this app's command line is started. */
  readonly commandLine: readonly string[];
  /** Every name under which the app serves a profile. */
  readonly names: () => readonly ServedName[];
  /** As which the AWS files were last looked at, which is before each hand-off; null where a later change might look the same. */
  readonly seen: () => string | null;
  readonly env: NodeJS.ProcessEnv;
};

/** The file of all profiles, the names in it, and what it was made from. */
type Made = { readonly seen: string | null; readonly given: readonly ServedName[]; readonly names: ReadonlySet<string>; readonly bytes: Buffer };

/** The variables of the user's own files, and where a terminal keeps them for an app that is started from it. */
const ownFiles = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'] as const;

/**
 * The private configuration of terminals and runs: a config file whose profiles ask this app for credentials, and a
 * credentials file that nobody can write into, so that no key wins over it. It has every profile that the app serves, under
 * its own name; or, where the user wants it so, only the chosen one. No secret is in either file, and they stay when
 * the app quits: its next start serves the same terminals.
 */
export class RenewableConfiguration {
  readonly #parts: Parts;
  readonly #queue = new SerialQueue();
  /** The file of all profiles: with thousands of them it takes longer to make than the rest of a hand-off. */
  #all: Made | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Writes the files and returns the variables that point to them. `only` is for the chosen profile without any
   * other, and so is a limited session, of which `limitId` is the ID. Fails with `install-name-unusable`, `install-folder-unusable`,
   * `aws-file-unwritable`.
   */
  variables(profile: string, { only, limitId = null }: { readonly only: boolean; readonly limitId?: string | null }): Promise<Result<Variables>> {
    // One after the other: terminals that open at once share the files.
    return this.#queue.run(() => this.#written(profile, only || limitId !== null, limitId));
  }

  async #written(profile: string, only: boolean, limitId: string | null): Promise<Result<Variables>> {
    const { commandLine } = this.#parts;
    if (credentialProcessLine(commandLine, profile, limitId) === null) return failed(unwritableLine(commandLine, profile));
    const all = only ? null : await this.#allProfiles();
    const isAmong = all?.names.has(profile) === true;
    const bytes = isAmong ? all.bytes : await this.#bytesOf([{ name: profile, profile }], limitId);
    const alone = createHash('sha256')
      .update(limitId === null ? profile : `${profile}\n${limitId}`)
      .digest('hex')
      .slice(0, 16);
    const folder = join(this.#parts.folder, isAmong ? 'profiles' : alone);
    const config = join(folder, 'config');
    const reason = await this.#write(config, bytes);
    if (reason !== null) return failed(appError('aws-file-unwritable', { file: config, reason }));
    const credentials = await this.#credentials(folder);
    if (!credentials.ok) return credentials;
    return succeeded([
      ['AWS_CONFIG_FILE', config],
      ['AWS_SHARED_CREDENTIALS_FILE', credentials.value],
      ['AWS_PROFILE', profile],
      // Older Go SDKs read the config file only when told to.
      ['AWS_SDK_LOAD_CONFIG', '1'],
      ...(only ? [[onlyMark, '1'] as const] : []),
      ...this.#ownFiles(),
    ]);
  }

  /** Null when the file has these bytes, else the code of the system's error. */
  async #write(file: string, bytes: Buffer): Promise<string | null> {
    const there = await readFile(file).catch(() => null);
    return there?.equals(bytes) === true ? null : writePrivateFile(file, bytes);
  }

  /** The file of credentials: none that anybody could make, else an empty one. */
  async #credentials(folder: string): Promise<Result<string>> {
    const closed = await closedPlace(folder);
    if (closed !== null && 'file' in closed) return succeeded(closed.file);
    const file = join(folder, 'credentials');
    if (closed !== null) return failed(appError('aws-file-unwritable', { file, reason: closed.reason }));
    // An access key that somebody has written there is in no other place.
    if ((await readFile(file, 'utf8').catch(() => '')) !== '') setAside(file);
    const reason = await this.#write(file, Buffer.alloc(0));
    return reason === null ? succeeded(file) : failed(appError('aws-file-unwritable', { file, reason }));
  }

  async #allProfiles(): Promise<Made> {
    const [seen, given] = [this.#parts.seen(), this.#parts.names()];
    const before = this.#all;
    if (seen !== null && before?.seen === seen && isSame(before.given, given)) return before;
    const served = servedNames(given, this.#parts);
    const made = { seen, given, names: new Set(served.map(({ name }) => name)), bytes: await this.#bytesOf(served) };
    this.#all = seen === null ? null : made;
    return made;
  }

  async #bytesOf(names: readonly ServedName[], limitId: string | null = null): Promise<Buffer> {
    const { files, commandLine } = this.#parts;
    return Buffer.from(privateConfiguration(names, { commandLine, limitId, settingsOf: await profileSettings(files) }));
  }

  #ownFiles(): Variables {
    return ownFiles.flatMap((name) => {
      const value = this.#parts.env[name];
      return value === undefined ? [] : [[`STS_TRAY_${name}`, value] as const];
    });
  }
}

function isSame(names: readonly ServedName[], others: readonly ServedName[]): boolean {
  if (names === others) return true;
  return names.length === others.length && names.every(({ name, profile }, index) => others[index]?.name === name && others[index].profile === profile);
}
