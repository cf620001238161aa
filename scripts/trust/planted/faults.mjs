import { change } from './change.mjs';
import { printable, keyIsTakenFirst } from './in-several-tables.mjs';

const unfollowedFiles = [change('src-main/aws/files/config-watcher.ts', "watcher.on('all', changed);", '')];
const unfollowedLinks = [change('src-main/aws/files/config-watcher.ts', '.flatMap(endOfLinks)', '.slice(endOfLinks.length + 1)')];
const noTimeLimit = [change('src-main/aws/client/clients.ts', 'requestTimeout: 15_000', 'requestTimeout: 150_000')];
const unknownEnd = [change('src-main/aws/client/errors.ts', 'networkErrors.test(value)', "value === 'ENOTFOUND'")];
const unthrottled = [change('src-main/aws/client/errors.ts', "    case 'Throttling':\n", '')];
const notDown = [change('src-main/aws/client/errors.ts', 'status >= 500', 'status >= 600')];
const anyFailure = [change('src-main/aws/client/errors.ts', "appError('unexpected-answer', {", "appError('service-failed', {")];
const anyAnswer = [change('src-main/aws/client/clients.ts', '  requireAwsAnswers(client);\n', '')];
const hasty = [change('src-main/aws/client/clients.ts', 'requestTimeout: 15_000', 'requestTimeout: 1_000')];
const writtenInPlace = [change('src-main/files/private-file.ts', 'return `${file}.part`', 'return file')];
/** Without the lock, and without the look afterwards by which most edits would still be made good. */
const severalWriters = [
  change('src-main/aws/files/file-lock.ts', 'if (await makeFile(path, mark))', 'if ((await makeFile(path, mark)) || mark !== null)'),
  change('src-main/aws/files/file-lock.ts', '(await readMark(path)) === mark', '(await readMark(path)) !== path'),
  change('src-main/aws/files/config-file.ts', 'if (late === null && now.ok && isDone(now.value.text, written, task.edit))', 'if (now.ok)'),
];
const noSessionComesBack = [
  change('src-main/vault/session-vault.ts', 'if (this.#isLive(session)) this.#sessions', 'if (!this.#isLive(session)) this.#sessions'),
];

/** @type {Readonly<Record<string, import('../planting.mjs').PlantedFault>>} */
export const ofFaults = {
  'an app that is killed while it writes the ledger': [change('src-main/broker/ledger/ledger-file.ts', 'await this.#write(line)', 'void this.#write(line)')],
  'an app that is killed while it writes the vault': writtenInPlace,
  'an app that is killed with a session': noSessionComesBack,
  'STS that is down': notDown,
  'a network that is gone': unknownEnd,
  'each call of STS and IAM: never answered': noTimeLimit,
  'each call of STS and IAM: cut off before the effect': unknownEnd,
  'each call of STS and IAM: cut off in place of the answer': unknownEnd,
  'each call of STS and IAM: cut off in the middle of the answer': unknownEnd,
  'each call of STS and IAM: throttled': unthrottled,
  'each call of STS and IAM: 500': notDown,
  'each call of STS and IAM: 503': notDown,
  'each call of STS and IAM: 502 and a page of a proxy': notDown,
  'each call of STS and IAM: half of an XML': anyFailure,
  'each call of STS and IAM: another XML': anyAnswer,
  'each call of STS and IAM: nothing, with status 200': anyAnswer,
  'each call of STS and IAM: a captive portal’s page, with status 200': anyAnswer,
  'each call of STS and IAM: a captive portal’s page, with status 403': anyFailure,
  'each call of STS and IAM: answered after three seconds': hasty,
  'a captive portal’s page': [change('src-main/aws/relay/pass-on.ts', String.raw`/\b(xml|json)\b/i`, '/./')],
  'a clock that is off': [change('src-main/aws/client/errors.ts', 'Math.abs(seconds) < skewLimitSeconds', 'Math.abs(seconds) < 10 * skewLimitSeconds')],
  'a notification server that hangs': [
    change(
      'src-main/platform/desktop/notifications.ts',
      "if (process.platform === 'linux') return showOnBus",
      "if (process.platform === 'darwin') return showOnBus",
    ),
  ],
  'a display that is lost': noSessionComesBack,
  'a keychain that is locked in the middle of a session (GNOME Keyring)': [
    change('src-main/vault/session-vault.ts', "before?.origin === 'code' || after?.origin === 'code'", "before === undefined && after?.origin === 'code'"),
  ],
  'two apps at once, with different data folders, beside a program that appends to the same AWS file': severalWriters,
  'two apps at once, with the same data folder': [change('src-main/main.ts', '!app.requestSingleInstanceLock()', 'app.requestSingleInstanceLock() === null')],
  'suspend and resume': [change('src-main/platform/desktop/power.ts', "powerMonitor.on('resume', callback);", '')],
  'a full disk under the log': [change('src-main/platform/desktop/log.ts', 'if (isLogLine(text)) console', 'console')],
  'a log without an end': [change('src-main/platform/desktop/log.ts', 'file.maxSize = logBytesMax', 'file.maxSize = 4 * logBytesMax')],
  'a disk that is full: settings, ledger, vaults and the config file (a file system of 2 MB; a limit for the size of files where none may be mounted)':
    writtenInPlace,
  'a limit for the size of files (`ulimit -f`)': writtenInPlace,
  'a disk that becomes read-only, for the same files': [
    change('src-main/files/private-file.ts', '.catch(() => undefined);\n    return systemErrorReason(error);', '.catch(() => undefined);\n    return null;'),
  ],
  'a ledger that is cut off anywhere': [
    change(
      'src-main/broker/ledger/ledger-file.ts',
      'this.#mayBeTorn && (await endsInsideALine(handle))',
      'this.#mayBeTorn && (await endsInsideALine(handle)) && this.#kept < 0',
    ),
  ],
  'a clock that jumps an hour ahead, back and behind': [change('src-main/broker/sessions/held-sessions.ts', 'this.#store.changeSession(name, current);', '')],
  'SIGKILL of an app (the real broker, without windows, as a process of its own) that renews a session, at any time and right after any call of AWS':
    writtenInPlace,
  'SIGKILL of an app (the real broker, without windows, as a process of its own) that rotates a key, at any time and right after any call of AWS': [
    change(
      'src-main/broker/access-keys/access-key-rotation.ts',
      "  await parts.keep({ ...rotation, newKeyId: null, begunAt: parts.now(), done: 'begun' });\n",
      '',
    ),
  ],
  'SIGKILL of an app (the real broker, without windows, as a process of its own) that moves a key to the keychain and back, at any time and right after any call of AWS':
    keyIsTakenFirst,
  'SIGKILL of an app (the real broker, without windows, as a process of its own) that revokes sessions and takes that back, at any time and right after any call of AWS':
    [
      // Kept after the call of AWS in place of before it.
      change('src-main/broker/revocation/revocations.ts', '      await this.#keep(live.profile.name, denial.value);\n', ''),
      change(
        'src-main/broker/revocation/revocations.ts',
        '      this.#remember(live.profile.name, denial.value);\n',
        '      await this.#keep(live.profile.name, denial.value);\n      this.#remember(live.profile.name, denial.value);\n',
      ),
    ],
  'a keychain that is locked while a rotation goes on': [
    change('src-main/broker/access-keys/key-rotations.ts', "return saved.ok || saved.error.code === 'keychain-locked' ? saved", 'return saved.ok ? saved'),
  ],
  'a terminal that does not start': [
    change('src-main/platform/terminals/child-outcome.ts', 'resolve(status === 0 ? null : (signal ?? `exit status ${status}`))', 'resolve(null)'),
  ],
  'any words after `sts-tray`': printable,
  'settings full of junk': [
    change('src-main/core/kept-settings.ts', 'if (parsed.success) return', 'if (parsed.success && Settings.safeParse(values).success) return'),
  ],
  'a damaged file of sessions': [
    change('src-main/vault/encrypted-file.ts', 'parsed === null) return failed(setAside(this.#file))', 'parsed === null) return succeeded(null)'),
  ],
  'each call of STS and IAM: its name does not resolve (a network of its own with nothing in it; a name that nobody can have where none can be made)': [
    change('src-main/aws/client/errors.ts', 'ENOTFOUND|EAI_AGAIN|', ''),
  ],
  'an entry in any AWS file, and its removal': [
    change('src-main/core/aws-files/config-lines.ts', 'const added = block.lineEnd.repeat(block.breaks);', "const added = '';"),
  ],
  'an AWS file that is replaced in place, as by the AWS CLI': unfollowedFiles,
  'an AWS file that is replaced emptied and written, as by VS Code': unfollowedFiles,
  'an AWS file that is replaced by a file that is renamed over it, as by many': unfollowedFiles,
  'an AWS file that is replaced by a new file, with the old one renamed away first, as by vim': unfollowedFiles,
  'an AWS file that is replaced after a copy of it was kept, as by nano': unfollowedFiles,
  'an AWS file that is replaced by a new file, with the old one removed first': unfollowedFiles,
  'an AWS file that is replaced by a link that leads to another file': unfollowedFiles,
  'an AWS file that is a link, and whose end is replaced in place, as by the AWS CLI': unfollowedFiles,
  'an AWS file that is a link, and whose end is replaced emptied and written, as by VS Code': unfollowedFiles,
  'an AWS file that is a link, and whose end is replaced by a file that is renamed over it, as by many': unfollowedFiles,
  'an AWS file that is a link, and whose end is replaced by a new file, with the old one renamed away first, as by vim': unfollowedLinks,
  'an AWS file that is a link, and whose end is replaced after a copy of it was kept, as by nano': unfollowedFiles,
  'an AWS file that is a link, and whose end is replaced by a new file, with the old one removed first': unfollowedLinks,
  'twenty writers of an AWS file at once': severalWriters,
  'an AWS file that may not be written': [change('src-main/aws/files/config-file.ts', 'access(target.value, constants.W_OK)', 'access(target.value)')],
};
