import { access, constants, lstat, mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { systemErrorCode } from '../../core/system-error.ts';
import { textWithoutKeys } from '../../core/aws-files/text-without-keys.ts';
import { backupOf, takeKeysOutOfBackup } from './backup.ts';
import { acquireLock, type FileLock } from './file-lock.ts';
import { encodeText, endOfLinks, isSameSnapshot, snapshotOf, takeSnapshot, type Snapshot } from './file-snapshot.ts';
import { removeLeftovers, stage, stagingName } from './staging.ts';

/** A file's text after an edit; the same text when there is nothing to do. */
export type EditOutcome = Result<string>;

export type EditOptions = {
  /** Keeps the previous content, without access keys, as `<file>.sts-tray-backup`. */
  readonly backup: boolean;
  /** The mode for a file that does not exist yet, such as `0o600`. An existing file keeps its own. */
  readonly mode: number;
};

/** Whether the file was changed, and the path of the backup if one was made. */
export type FileEdited = { readonly changed: boolean; readonly backup: string | null };

/**
 * Edits one of the AWS files without losing anything in it. A file that does not exist counts as
 * empty; it is created, in a folder of mode 0700, when the edit returns some text. An edit may run
 * several times, so it must accept its own result as input. When it fails, its error is returned
 * and the file stays as it was.
 *
 * - Symbolic links stay, and the file at their end is edited. It keeps its mode, owner and group. It
 *   loses hard links, ACLs and extended attributes, because it is replaced in one step: nobody ever
 *   reads half of it, not even after a crash.
 * - Edits by this app, in this process and in others, run one after the other. The lock file
 *   `<file>.sts-tray.lock` ensures this.
 * - Other programs do not know the lock. `aws configure` reads the whole file and writes it in place
 *   within a few milliseconds. If there is one such write, and it takes less than 100 ms from the
 *   start of its reading to the end of its writing, both sides keep their lines: the edit starts when
 *   nobody has changed the file for 100 ms, and starts over if the file changed meanwhile. 100 ms after
 *   the replacement it looks again, also at the replaced file, and takes over the lines written to it.
 * - Two risks remain. If several other writes happen around one edit (within some 300 ms), the lines
 *   of one of them may be lost. And a program that holds the text for longer, as an editor does,
 *   overwrites the edit unless it asks the user first.
 * - Windows does not show such late lines, but it does not replace a file that a program has open.
 *
 * The backup has the mode and owner of the file and replaces the previous backup. It holds no access
 * key, which would stay there in clear after it has moved. Each edit takes the keys out of a backup that
 * an earlier version of this app made, whether or not it makes one itself.
 *
 * Errors: those of the edit; `aws-file-mounted` `{file}` for a file that is a mount point; `config-unreadable` and `aws-file-unwritable` `{file, reason}` with the
 * system's code as `reason` (EILSEQ: not a text that the AWS tools could read; EINVAL: a device or
 * pipe); `aws-file-changing` `{file}` when others keep changing the file for 5 s and ten tries, or the lock for 60 s.
 */
export async function editAwsFile(file: string, edit: (text: string) => EditOutcome, options: EditOptions): Promise<Result<FileEdited>> {
  const path = resolve(file);
  const turn = (turns.get(path) ?? Promise.resolve()).then(() => editInTurn({ file, path, edit, options }));
  const end = turn.then(
    () => {},
    () => {},
  );
  turns.set(path, end);
  void end.then(() => turns.get(path) === end && turns.delete(path));
  return turn;
}

const turns = new Map<string, Promise<void>>();
const quietMs = 100;
const patienceMs = 5000;
/** So often it is tried in any case, since a busy machine may hold this process up for all of that time. */
const leastTries = 10;

/** Whether to go on with what others keep from working. */
function patience(): () => boolean {
  const until = performance.now() + patienceMs;
  let tries = 0;
  return () => {
    tries += 1;
    return tries <= leastTries || performance.now() < until;
  };
}

type Task = {
  /** The path as the caller gave it, for errors. */
  readonly file: string;
  readonly path: string;
  readonly edit: (text: string) => EditOutcome;
  readonly options: EditOptions;
};

async function editInTurn(task: Task): Promise<Result<FileEdited>> {
  const { file, path, edit } = task;
  const target = await reading(file, () => endOfLinks(path));
  if (!target.ok) return target;
  const cleaned = await attempt(backupOf(path), 'aws-file-unwritable', () => takeKeysOutOfBackup(path));
  if (!cleaned.ok) return cleaned;
  const seen = await reading(file, () => takeSnapshot(target.value));
  if (!seen.ok) return seen;
  // Where somebody is writing, only the lock tells whether that is this app: its own edits may follow each other for longer than anybody waits for others.
  if (isQuiet(seen.value)) {
    const outcome = edit(seen.value.text);
    if (!outcome.ok) return outcome;
    if (outcome.value === seen.value.text) return succeeded({ changed: false, backup: null });
  }
  const lock = await writing(file, async () => {
    if (seen.value.owner === null) await mkdir(dirname(target.value), { recursive: true, mode: 0o700 });
    else await access(target.value, constants.W_OK);
    return acquireLock(`${target.value}.sts-tray.lock`);
  });
  if (!lock.ok) return lock;
  if (lock.value === null) return failed(appError('aws-file-changing', { file }));
  try {
    await removeLeftovers(new Set([target.value, path]));
    return await editLocked(task, target.value, lock.value);
  } finally {
    await lock.value.release();
  }
}

async function editLocked(task: Task, target: string, lock: FileLock): Promise<Result<FileEdited>> {
  const goesOn = patience();
  let done: FileEdited = { changed: false, backup: null };
  let written: string | null = null;
  let late: string | null = null;
  while (goesOn()) {
    const seen = await readQuiet(task.file, target);
    if (!seen.ok) return seen;
    const base: string = late !== null && seen.value.text === written ? late : seen.value.text;
    const outcome = task.edit(base);
    // A second run may fail, because the first one may have removed what the edit looks for.
    if (!outcome.ok) return done.changed ? succeeded(done) : outcome;
    if (outcome.value === seen.value.text) return succeeded(done);
    const replaced = await writing(task.file, () => replaceFile(task, target, lock, { seen: seen.value, base, text: outcome.value }));
    if (!replaced.ok) return replaced;
    if (replaced.value === 'changed-meanwhile') continue;
    done = { changed: true, backup: replaced.value.backup };
    ({ late } = replaced.value);
    written = outcome.value;
    const now = await reading(task.file, () => takeSnapshot(target));
    if (late === null && now.ok && isDone(now.value.text, written, task.edit)) return succeeded(done);
  }
  return failed(appError('aws-file-changing', { file: task.file }));
}

/** Others may have written since; the edit is done if its change is still there. */
function isDone(text: string, written: string, edit: Task['edit']): boolean {
  if (text === written) return true;
  const again = edit(text);
  return again.ok && again.value === text;
}

type Replacement = { readonly seen: Snapshot; readonly base: string; readonly text: string };

/**
 * Replaces the content that was `seen` with `text`. Returns as `late`, `quietMs` later, what a program
 * that still had the replaced file open has written to it. Returns `changed-meanwhile` when the file
 * is no longer the one that was seen.
 */
async function replaceFile(task: Task, target: string, lock: FileLock, { seen, base, text }: Replacement) {
  const backup = task.options.backup && seen.owner ? backupOf(task.path) : null;
  const staged = stagingName(target);
  const stagedBackup = stagingName(task.path);
  let replaced: FileHandle | null = null;
  try {
    await stage(staged, encodeText(text, seen.encoding), seen.owner, task.options.mode);
    if (backup) await stage(stagedBackup, encodeText(textWithoutKeys(base), seen.encoding), seen.owner, task.options.mode);
    if (!(await lock.isHeld())) return 'changed-meanwhile';
    if (seen.owner) replaced = await open(target, 'r');
    if (!isSameSnapshot(await takeSnapshot(target), seen)) return 'changed-meanwhile';
    // Windows does not replace an open file, even if it is only open here.
    if (process.platform === 'win32') replaced = (await replaced?.close().then(() => null)) ?? null;
    const putBack = backup === null ? null : await replaceBackup(backup, stagedBackup);
    try {
      await rename(staged, target);
    } catch (error) {
      await putBack?.();
      throw error;
    }
    if (backup) await rm(`${stagedBackup}${earlier}`, { force: true });
    await sleep(quietMs);
    return { backup, late: replaced && (await lateText(replaced, seen)) };
  } catch (error) {
    if (process.platform === 'win32' && systemErrorCode(error) === 'EPERM') return 'changed-meanwhile';
    throw error;
  } finally {
    await replaced?.close();
    await Promise.all([staged, stagedBackup].map((path) => rm(path, { force: true })));
  }
}

const earlier = '-earlier';

/** Puts a staged backup in its place. Returns how to undo that: an edit that fails leaves the backup of an earlier one. */
async function replaceBackup(backup: string, staged: string): Promise<() => Promise<void>> {
  const aside = `${staged}${earlier}`;
  const isThere = (await lstat(backup).catch(() => null))?.isDirectory() === false;
  if (isThere) await rename(backup, aside);
  const undo = () => (isThere ? rename(aside, backup) : rm(backup, { force: true }));
  try {
    await rename(staged, backup);
    return undo;
  } catch (error) {
    if (isThere) await undo();
    throw error;
  }
}

/** What was written to the replaced file; null if nothing was, or if a writer emptied it and wrote no more. */
async function lateText(replaced: FileHandle, seen: Snapshot): Promise<string | null> {
  const givesUpAt = performance.now() + patienceMs / 2;
  while (performance.now() < givesUpAt) {
    const old = await snapshotOf(replaced);
    if (isSameSnapshot(old, seen)) return null;
    if (old.text !== '' && isQuiet(old)) return old.text;
    await sleep(quietMs / 2);
  }
  return null;
}

/** The file once nobody has written to it for `quietMs`; `aws-file-changing` when that does not happen in time. */
async function readQuiet(file: string, target: string): Promise<Result<Snapshot>> {
  const goesOn = patience();
  while (goesOn()) {
    const seen = await reading(file, () => takeSnapshot(target));
    if (!seen.ok) return seen;
    if (isQuiet(seen.value)) return seen;
    await sleep(quietMs / 2);
  }
  return failed(appError('aws-file-changing', { file }));
}

function isQuiet({ changedAt }: Snapshot): boolean {
  const age = Date.now() - changedAt;
  // A time in the future comes from a file server whose clock is ahead.
  return age >= quietMs || age < 0;
}

async function reading<T>(file: string, read: () => Promise<T>): Promise<Result<T>> {
  return attempt(file, 'config-unreadable', read);
}

async function writing<T>(file: string, write: () => Promise<T>): Promise<Result<T>> {
  return attempt(file, 'aws-file-unwritable', write);
}

async function attempt<T>(file: string, code: 'config-unreadable' | 'aws-file-unwritable', action: () => Promise<T>): Promise<Result<T>> {
  try {
    return succeeded(await action());
  } catch (error) {
    const reason = systemErrorCode(error);
    if (reason === null) throw error;
    if (reason === 'EBUSY' && process.platform !== 'win32') return failed(appError('aws-file-mounted', { file }));
    // Being allowed to read would not help: these are not text files.
    const isNoFile = reason === 'EISDIR' || reason === 'EINVAL' || reason === 'EFBIG';
    return failed(appError(isNoFile ? 'aws-file-unwritable' : code, { file, reason }));
  }
}
