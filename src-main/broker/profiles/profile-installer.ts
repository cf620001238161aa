import { isDeepStrictEqual } from 'node:util';
import { editAwsFile } from '../../aws/files/config-file.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import type { Result } from '../../contract/app-error.ts';
import { readAwsFile } from '../../aws/files/read-aws-file.ts';
import { entriesOf } from '../../core/aws-files/aws-file-sections.ts';
import { readAwsFileText } from '../../core/aws-files/aws-file-text.ts';
import { credentialProcessLine, installedProfile, unwritableLine } from '../../core/aws-files/credential-process-line.ts';
import { entryName, headerOf, isInstallableName, withInstalledProfile, withoutInstalledProfile } from '../../core/aws-files/config-lines.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { ProfileSettings } from '../../core/profiles/profile-settings.ts';

export type ProfileInstallerParts = {
  readonly files: Pick<AwsFiles, 'config'>;
  /** How a `credential_process` line starts: the launcher, and `--user-data-dir=…` where one is in use. */
  readonly command: readonly string[];
  /** The other settings that an entry takes over from its profile, as lines such as `region = eu-west-1`; of any profile, after one look at the files. */
  readonly settings: () => Promise<(profile: string) => Pick<ProfileSettings, 'body'>>;
};

/** What was installed or removed. `backup` is the file as it was before, null when it did not change. */
export type InstalledEntry = { readonly name: string; readonly file: string; readonly backup: string | null };

/**
 * Adds `credential_process` entries to the config file and removes them again, so that every
 * program that knows `AWS_PROFILE` gets the sessions of this app. The entry of profile `default` is
 * named `default-sts`. What else is in the file stays as it is: `core/aws-files/config-lines.ts` and
 * `aws/files/config-file.ts` say how.
 */
export class ProfileInstaller {
  readonly #parts: ProfileInstallerParts;

  constructor(parts: ProfileInstallerParts) {
    this.#parts = parts;
  }

  /**
   * Adds the entry, or renews it. One that is there as it would be written changes nothing. Errors:
   * `install-name-unusable` `{profile}`, `install-folder-unusable` `{folder}`, `install-name-taken` `{file, name}` when somebody else has
   * such an entry, and those of `editAwsFile`.
   */
  async install(profile: string): Promise<Result<InstalledEntry>> {
    const name = entryName(profile);
    const line = credentialProcessLine(this.#parts.command, profile);
    if (line === null || !isInstallableName(name)) return failed(unwritableLine(this.#parts.command, profile));
    const body = [`credential_process = ${line}`, ...(await this.#parts.settings())(profile).body];
    return this.#edit(name, (text) => {
      const outcome = withInstalledProfile(text, { name, profile, body });
      if (outcome === 'taken') return failed(appError('install-name-taken', { file: this.#parts.files.config, name }));
      return succeeded(outcome === 'unchanged' ? text : outcome.text);
    });
  }

  /**
   * Gives the entries that this very app has added the settings that their profiles have now. What cannot be written
   * stays as it is: the next reading of the files tries again.
   */
  async follow(): Promise<void> {
    const text = await this.#text();
    const entries = entriesOf(readAwsFileText(text), 'config');
    const settingsOf = await this.#parts.settings();
    for (const profile of installedIn(entries)) {
      const [name, line] = [entryName(profile), credentialProcessLine(this.#parts.command, profile)];
      const body = [`credential_process = ${line}`, ...settingsOf(profile).body];
      const valuesIn = (of: string) => entriesOf(readAwsFileText(of), 'config')[name];
      // The whole file is read again only for an entry that is another one than it would be by itself.
      if (isDeepStrictEqual(entries[name], valuesIn([headerOf(name, 'config'), ...body].join('\n')))) continue;
      const followed = (now: string): string => {
        const before = valuesIn(now);
        if (before?.['credential_process'] !== line) return now;
        const outcome = withInstalledProfile(now, { name, profile, body });
        // Only what programs read matters: comments that another tool has dropped are not worth a write.
        return typeof outcome === 'string' || isDeepStrictEqual(valuesIn(outcome.text), before) ? now : outcome.text;
      };
      if (followed(text) !== text) await this.#edit(name, (now) => succeeded(followed(now)));
    }
  }

  /** The profiles that entries of this app were added for. */
  async profiles(): Promise<readonly string[]> {
    return installedIn(entriesOf(readAwsFileText(await this.#text()), 'config'));
  }

  /** Removes the entry. Errors: `install-none` `{file, profile}`, and those of `editAwsFile`. */
  async uninstall(profile: string): Promise<Result<InstalledEntry>> {
    const name = entryName(profile);
    const copied = (await this.#parts.settings())(profile).body;
    return this.#edit(name, (text) => {
      const outcome = withoutInstalledProfile(text, name, copied);
      if (outcome === 'none') return failed(appError('install-none', { file: this.#parts.files.config, profile }));
      return succeeded(outcome.text);
    });
  }

  /** Without secrets; empty where the file cannot be read. */
  async #text(): Promise<string> {
    const read = await readAwsFile('config', this.#parts.files.config, null).catch(() => null);
    return read?.text ?? '';
  }

  async #edit(name: string, edit: (text: string) => Result<string>): Promise<Result<InstalledEntry>> {
    const file = this.#parts.files.config;
    const edited = await editAwsFile(file, edit, { backup: true, mode: 0o600 });
    return edited.ok ? succeeded({ name, file, backup: edited.value.backup }) : edited;
  }
}

/** The profiles that entries of this app were added for. */
function installedIn(entries: ReturnType<typeof entriesOf>): readonly string[] {
  return Object.entries(entries).flatMap(([name, values]) => {
    const profile = installedProfile(values['credential_process'] ?? '');
    return profile !== null && name === entryName(profile) ? [profile] : [];
  });
}
