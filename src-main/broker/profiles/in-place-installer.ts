import { createHash } from 'node:crypto';
import { editAwsFile } from '../../aws/files/config-file.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import { takeSnapshot } from '../../aws/files/file-snapshot.ts';
import { readAccessKey } from '../../aws/files/profiles.ts';
import type { Result } from '../../contract/app-error.ts';
import { isSameKey, type AccessKey } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { entriesOf, type AwsFileKind } from '../../core/aws-files/aws-file-sections.ts';
import { readAwsFileText } from '../../core/aws-files/aws-file-text.ts';
import { isInstallableName } from '../../core/aws-files/config-lines.ts';
import { credentialProcessLine, unwritableLine } from '../../core/aws-files/credential-process-line.ts';
import { withoutSettings, withSettingsBack, type Removal } from '../../core/aws-files/cut-settings.ts';
import { isInPlace, settingsInPlaceOf, type InPlaceSettings } from '../../core/profiles/in-place.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import type { AccessKeyVault } from '../../vault/access-key-vault.ts';
import type { InPlaceRecord, InPlaceRecords } from './in-place-records.ts';
import type { InstalledEntry } from './profile-installer.ts';
import { keepProven } from './proven-key.ts';

type Parts = {
  readonly files: AwsFiles;
  readonly command: readonly string[];
  readonly records: InPlaceRecords;
  readonly vault: Pick<AccessKeyVault, 'keep' | 'read' | 'remove' | 'profiles' | 'file'>;
  /** Calls AWS with exactly this key. */
  readonly verifyKey: (profile: string, key: AccessKey) => Promise<Result<null>>;
};

type Texts = Readonly<Record<AwsFileKind, string>>;
type Plan = { readonly settings: InPlaceSettings; readonly texts: Texts; readonly removals: Readonly<Record<AwsFileKind, Removal>> };

/** How often a plan is made anew because a file changed before it was followed. */
const triesMax = 3;

/**
 * Has a profile served by this app under its own name. What it says about credentials goes out of the AWS files and is
 * kept by the app, its access key in the keychain, and a `credential_process` takes its place; and back again.
 *
 * Each step can be the last one before a crash: a key is in the keychain, and proven, before its lines go, and in the
 * files before it leaves the keychain; what else is taken out is on record before. Until the last file is written the
 * profile works as before or as after, and either way both commands can be repeated.
 */
export class InPlaceInstaller {
  readonly #parts: Parts;
  readonly #queue = new SerialQueue();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What profiles of the present files said before, by their names. */
  async settings(): Promise<ReadonlyMap<string, InPlaceSettings>> {
    return new Map((await this.#parts.records.of(this.#files())).map(({ profile, settings }) => [profile, settings]));
  }

  /** The profiles of the present files that are installed in place. */
  async profiles(): Promise<readonly string[]> {
    return (await this.#parts.records.of(this.#files())).map(({ profile }) => profile);
  }

  /** Whether an access key would go into the keychain, or come back out of it. */
  async movesKey(profile: string): Promise<{ readonly in: boolean; readonly out: boolean }> {
    const record = await this.#recordOf(profile);
    return { in: (await readAccessKey(this.#parts.files, profile)).ok, out: record !== null && hasKey(record) };
  }

  /**
   * `profile` is one that the app serves. Errors: those of `unwritableLine`, `in-place-already`
   * `{profile, file}`, `in-place-key-unusual` `{profile, file, line}`, `in-place-defaults` `{profile, file}`,
   * `in-place-unkept` `{file, reason}`, and those of the vault, of GetCallerIdentity and of `editAwsFile`.
   */
  install(profile: string): Promise<Result<InstalledEntry>> {
    return this.#queue.run(() => this.#install(profile));
  }

  /** Null where it is not installed in place. Errors: those of the vault and of `editAwsFile`, `in-place-unkept`. */
  uninstall(profile: string): Promise<Result<InstalledEntry> | null> {
    return this.#queue.run(() => this.#uninstall(profile));
  }

  async #install(profile: string): Promise<Result<InstalledEntry>> {
    const { files } = this.#parts;
    if (credentialProcessLine(this.#parts.command, profile) === null || !isInstallableName(profile)) {
      return failed(unwritableLine(this.#parts.command, profile));
    }
    const stopped = await this.#recordOf(profile);
    const before = await this.#texts();
    if (!before.ok) return before;
    if (stopped !== null) {
      const again = this.#plan(profile, before.value, await this.#keyInFiles(profile));
      if (again.ok && isFollowed(again.value, before.value)) return failed(appError('in-place-already', { profile, file: files.config }));
      const known = await this.#keyFor(stopped);
      if (!known.ok) return known;
      // One that AWS does not take would stay in the files, since nothing brings it back into the keychain.
      const isBrought = known.value !== null && (await this.#keyInFiles(profile)) === null;
      const taken = isBrought ? await this.#parts.verifyKey(profile, known.value) : succeeded(null);
      if (!taken.ok) return taken;
      const undone = await this.#undo(stopped, known.value);
      if (!undone.ok) return undone;
    }
    const key = await this.#keyInFiles(profile);
    const kept = key === null ? null : await keepProven(profile, key, this.#parts);
    if (kept?.ok === false) return kept;
    const done = await this.#follow(profile, key);
    // The files have the key still, or again.
    if (!done.ok && kept !== null && (await this.#keyInFiles(profile)) !== null) await kept.value();
    return done;
  }

  /** Makes the plan, keeps a record of it, and edits the files by it. */
  async #follow(profile: string, key: AccessKey | null): Promise<Result<InstalledEntry>> {
    const { records } = this.#parts;
    const files = this.#files();
    for (let tries = triesMax; ; tries -= 1) {
      const texts = await this.#texts();
      if (!texts.ok) return texts;
      const plan = this.#plan(profile, texts.value, key);
      if (!plan.ok) return plan;
      const { settings, removals } = plan.value;
      const record: InPlaceRecord = { profile, files, settings: { ...settings }, removals: structuredClone(removals) as InPlaceRecord['removals'] };
      const reason = await records.keep(record);
      if (reason !== null) return failed(appError('in-place-unkept', { file: records.file, reason }));
      const edited = await this.#editBoth(plan.value, texts.value);
      if (edited.ok) return succeeded({ name: profile, ...edited.value });
      const undone = await this.#undo(record, key);
      // What is half done stays on record.
      if (undone.ok) await records.remove(record);
      if (edited.error.code !== 'aws-file-changing' || tries === 1) return edited;
    }
  }

  /** The config file first: until the credentials file is written too, the key in there counts, as before. */
  async #editBoth(plan: Plan, seen: Texts): Promise<Result<Pick<InstalledEntry, 'file' | 'backup'>>> {
    const { files } = this.#parts;
    const outcomes: (string | null)[] = [];
    for (const kind of ['config', 'credentials'] as const) {
      const edited = await editAwsFile(
        files[kind],
        (text) => {
          if (text === seen[kind] || text === plan.texts[kind]) return succeeded(plan.texts[kind]);
          return failed(appError('aws-file-changing', { file: files[kind] }));
        },
        { backup: true, mode: 0o600 },
      );
      if (!edited.ok) return edited;
      outcomes.push(edited.value.backup);
    }
    return succeeded({ file: files.config, backup: outcomes[0] ?? outcomes[1] ?? null });
  }

  #plan(profile: string, texts: Texts, key: AccessKey | null): Result<Plan> {
    const { files, command } = this.#parts;
    const settings = settingsInPlaceOf(profile, texts);
    const entry = credentialProcessLine(command, profile);
    const after: Record<AwsFileKind, string> = { ...texts };
    const removals: Record<AwsFileKind, Removal> = { config: { cuts: [], putIn: null }, credentials: { cuts: [], putIn: null } };
    for (const kind of ['config', 'credentials'] as const) {
      const outcome = withoutSettings(texts[kind], { kind, profile, gone: settings.gone, entry: kind === 'config' ? entry : null, key, digest });
      if ('unusualLine' in outcome) return failed(appError('in-place-key-unusual', { profile, file: files[kind], line: outcome.unusualLine }));
      const { [profile]: left = {} } = entriesOf(readAwsFileText(outcome.text), kind);
      // What `[DEFAULT]` says, it says of all profiles.
      if ([...settings.gone].some((name) => left[name] && !(name === 'credential_process' && isInPlace(profile, left)))) {
        return failed(appError('in-place-defaults', { profile, file: files[kind] }));
      }
      after[kind] = outcome.text;
      removals[kind] = outcome.removal;
    }
    return succeeded({ settings: settings.kept, texts: after, removals });
  }

  async #uninstall(profile: string): Promise<Result<InstalledEntry> | null> {
    const { records, vault, files } = this.#parts;
    const record = await this.#recordOf(profile);
    if (record === null) return null;
    const known = await this.#keyFor(record);
    // One that is in the keychain no more cannot come back; the rest can.
    if (!known.ok && known.error.code !== 'access-key-gone') return known;
    const key = known.ok ? known.value : null;
    const undone = await this.#undo(record, key);
    if (!undone.ok) return undone;
    if (hasKey(record) && key !== null) {
      const back = await readAccessKey(files, profile);
      const kept = vault.profiles().has(profile) ? await vault.read(profile) : null;
      // Another key in the files is somebody's own, and the one in the keychain might be the last copy.
      if (back.ok && kept?.ok && isSameKey(back.value, kept.value)) {
        const removed = await vault.remove(profile);
        if (!removed.ok) return removed;
      }
    }
    const reason = await records.remove(record);
    return reason === null ? succeeded({ name: profile, ...undone.value }) : failed(appError('in-place-unkept', { file: records.file, reason }));
  }

  /** The credentials file first: a key that is back there counts at once. */
  async #undo({ profile, removals }: InPlaceRecord, key: AccessKey | null): Promise<Result<Pick<InstalledEntry, 'file' | 'backup'>>> {
    const { files } = this.#parts;
    const backups: (string | null)[] = [];
    for (const kind of ['credentials', 'config'] as const) {
      const edited = await editAwsFile(files[kind], (text) => succeeded(withSettingsBack(text, removals[kind], { kind, profile, key, digest })), {
        backup: true,
        mode: 0o600,
      });
      if (!edited.ok) return edited;
      backups.push(edited.value.backup);
    }
    return succeeded({ file: files.config, backup: backups[1] ?? backups[0] ?? null });
  }

  /** The key that is to be back in the files; null where none was taken out. */
  async #keyFor(record: InPlaceRecord): Promise<Result<AccessKey | null>> {
    const inFiles = await this.#keyInFiles(record.profile);
    return inFiles !== null || !hasKey(record) ? succeeded(inFiles) : this.#parts.vault.read(record.profile);
  }

  async #recordOf(profile: string): Promise<InPlaceRecord | null> {
    return (await this.#parts.records.of(this.#files())).find((record) => record.profile === profile) ?? null;
  }

  async #keyInFiles(profile: string): Promise<AccessKey | null> {
    const key = await readAccessKey(this.#parts.files, profile);
    return key.ok ? key.value : null;
  }

  async #texts(): Promise<Result<Texts>> {
    const texts: Record<AwsFileKind, string> = { config: '', credentials: '' };
    for (const kind of ['config', 'credentials'] as const) {
      const file = this.#parts.files[kind];
      try {
        texts[kind] = (await takeSnapshot(file)).text;
      } catch (error) {
        return failed(appError('config-unreadable', { file, reason: systemErrorReason(error) }));
      }
    }
    return succeeded(texts);
  }

  #files(): InPlaceRecord['files'] {
    const { config, credentials } = this.#parts.files;
    return { config, credentials };
  }
}

function isFollowed({ texts }: Plan, present: Texts): boolean {
  return texts.config === present.config && texts.credentials === present.credentials;
}

function hasKey({ removals }: InPlaceRecord): boolean {
  return Object.values(removals).some(({ cuts }) => cuts.some(({ lines }) => lines.some(({ key }) => key !== null)));
}

/** Enough to find a line again, and too little to find out a secret in it. */
function digest(line: string): string {
  return createHash('sha256').update(line).digest('hex').slice(0, 12);
}
