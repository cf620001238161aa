/** A change of one file: the text that stands there once, and what it becomes. */
const change = (file, find, put) => ({ file, find, put });

const exportsOfPosixShells = [change('src-main/core/hand-offs/exports.ts', `value.replaceAll("'", "'\\\\''")`, 'value')];
const printable = [change('src-main/core/printable.ts', String.raw`text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')`, 'text')];
const slowArrivals = [change('src-main/broker/local-api/arrivals.ts', 'setTimeout(end, milliseconds)', 'setTimeout(end, 60 * milliseconds)')];
const anyWordInTheLog = [change('src-main/core/log/log-line.ts', "typeof value === 'string' && kind.includes(value) ?", "typeof value === 'string' ?")];
const unfollowedFiles = [change('src-main/aws/files/config-watcher.ts', "watcher.on('all', changed);", '')];
const unfollowedLinks = [change('src-main/aws/files/config-watcher.ts', '.flatMap(endOfLinks)', '.slice(endOfLinks.length + 1)')];
const noTimeLimit = [change('src-main/aws/client/clients.ts', 'requestTimeout: 15_000', 'requestTimeout: 150_000')];
const unknownEnd = [change('src-main/aws/client/errors.ts', 'networkErrors.test(value)', "value === 'ENOTFOUND'")];
const unthrottled = [change('src-main/aws/client/errors.ts', "    case 'Throttling':\n", '')];
const notDown = [change('src-main/aws/client/errors.ts', 'status >= 500', 'status >= 600')];
const anyFailure = [change('src-main/aws/client/errors.ts', "appError('unexpected-answer', {", "appError('service-failed', {")];
const anyAnswer = [change('src-main/aws/client/clients.ts', '  requireAwsAnswers(client);\n', '')];
const hasty = [change('src-main/aws/client/clients.ts', 'requestTimeout: 15_000', 'requestTimeout: 1_000')];
const everyWindowsCommands = [change('src-main/core/desktop/window-command.ts', 'viewCommands[view].find(', 'Object.values(viewCommands).flat().find(')];
const junkIsTaken = [
  change(
    'src-main/core/desktop/window-command.ts',
    'return { ok: false, refusal: `refused: not a request that ${known} takes` }',
    'return { ok: true, command: { name: known, request } as Command }',
  ),
];
const writtenInPlace = [change('src-main/files/private-file.ts', 'return `${file}.part`', 'return file')];
const fuse = (name) => [change('electron-builder.yml', `${name}: false`, `${name}: true`)];

/**
 * For each row of docs/trust.md, by its first cell: the smallest change that takes away what the row says holds. With
 * it the row's test has to fail, by what it asserts.
 * @type {Readonly<Record<string, import('./planting.mjs').PlantedFault>>}
 */
export const plantedFaults = {
  // Other users and web pages
  'another user connects to the local API': [
    change('src-main/broker/local-api/socket.ts', 'chmodSync(address, 0o600)', 'chmodSync(address, 0o666)'),
    // The app and its command line look again.
    change('src-main/broker/local-api/socket.ts', '(bound.mode & 0o777) !== 0o600', '(bound.mode & 0o777) !== 0o666'),
    change('src-main/cli/process/connect.ts', '(mode & 0o077) !== 0', '(mode & 0o011) !== 0'),
  ],
  'the folder of the socket is open to others': [
    change('src-main/broker/local-api/socket.ts', 'if ((before.mode & 0o777) === 0o700) return;', 'if (before.isDirectory()) return;'),
  ],
  'another user listens where the app would': [change('src-main/cli/process/connect.ts', 'if (uid !== user)', 'if (uid < 0)')],
  'another user listens where the launcher asks': [change('bin/sts-tray', '[ ! -O "$sts_socket" ] || ', '')],
  'a web page asks the local API': [change('src-main/broker/local-api/request.ts', 'headers.origin !== undefined', "headers.origin === ''")],
  'a port scan': [
    change('src-main/broker/local-api/server.ts', "server.on('error', options.onBug);", "server.on('error', options.onBug);\n  createServer().listen(0);"),
  ],
  'another program listens in the app’s place (Windows pipe; a Unix socket stands in for it here)': [
    change('src-main/cli/process/connect.ts', "{ code: 'ETIMEDOUT' })), proofMs)", "{ code: 'ETIMEDOUT' })), 10 * proofMs)"),
  ],
  'another user fetches the sign-in page': [
    change('src-main/platform/programs/sign-in-page.ts', 'owners.every((owner) => owner === process.getuid?.())', 'owners.every((owner) => owner >= 0)'),
  ],
  'a name that leads to 127.0.0.1 (DNS rebinding), at the sign-in page': [
    change('src-main/platform/programs/sign-in-page.ts', 'headers.host === host && ', ''),
  ],
  'a name that leads to 127.0.0.1 (DNS rebinding), at the relay': [
    change('src-main/broker/relay/incoming.ts', "headers['host'] !== host", "headers['host'] === ''"),
  ],
  'a page’s origin at the relay': [change('src-main/broker/relay/incoming.ts', "name === 'origin' || ", '')],

  // Programs of the same user
  'curl rotates, deletes a key, revokes and binds': [
    change('src-main/broker/questions/confirmations.ts', 'await this.#put({ ...described.value, asker: known }, signal)', "known?.command ?? 'confirm'"),
  ],
  'a program takes the mark of production away, or changes the name that has to be typed': [
    change('src-main/broker/accounts/api-handlers.ts', 'if (!confirmed.ok) return confirmed;', ''),
  ],
  'a process claims to be another one': [change('src-main/broker/local-api/callers.ts', '.every(Boolean)', '.every(() => true)')],
  'a program names itself like another process in the list of `ss`': [
    change('src-main/platform/programs/socket-peer.ts', '(holder) => holds(holder, peer.inode)', '() => true'),
  ],

  // Requests that are none
  'requests that come too slowly, at the local API': slowArrivals,
  'a second request on a connection (pipelining)': [change('src-main/broker/local-api/server.ts', 'server.maxRequestsPerSocket = 1;', '')],
  'more connections than the app takes': [change('src-main/broker/local-api/server.ts', 'server.maxConnections = limits.connections;', '')],
  '200 programs at once': [change('src-main/broker/local-api/server.ts', 'connections: 1000', 'connections: 100')],
  '500 open connections at the local API': [change('src-main/broker/local-api/server.ts', 'connections: 1000', 'connections: 100')],
  '500 open connections at the relay': [change('src-main/broker/relay/relay-server.ts', 'connections: 1000', 'connections: 100')],
  'malformed, oversized, pipelined, smuggled and half-closed requests at the local API': [
    change('src-main/broker/local-api/request.ts', 'Object.keys(value).length === fields.length ? { value }', 'fields.length > 0 ? { value }'),
  ],
  'random bytes at the relay': [change('src-main/core/relay/sts-request.ts', '} catch {\n    return null;', '} catch (error) {\n    throw error;')],
  'forms of STS that two parsers could read differently': [
    change('src-main/core/relay/sts-request.ts', "if (seen.has(name.toLowerCase())) return 'a parameter that is there twice';", ''),
  ],
  'ten megabytes at the relay': [change('src-main/broker/local-api/body.ts', 'if (bytes > bytesMax)', 'if (bytes < 0)')],
  'requests that come too slowly, at the relay': slowArrivals,
  'a wrong token at the relay': [
    change('src-main/broker/relay/relay-runs.ts', 'timingSafeEqual(tokenDigest, given)', 'timingSafeEqual(tokenDigest, tokenDigest)'),
  ],
  'a call of STS that was changed on its way': [
    change(
      'src-main/aws/relay/signature.ts',
      'return isEqual(await verifier.signatureOf(request, claim, bodyHash), claim.signature)',
      'return verifier !== null',
    ),
  ],
  'a replay of a call': [change('src-main/broker/relay/authentic.ts', 'Math.abs(off) > skewSecondsMax', 'Math.abs(off) > 10 * skewSecondsMax')],
  'a key of somebody else at the relay': [
    change('src-main/broker/relay/authentic.ts', "failed(appError('relay-key-unknown', { key: claim.accessKeyId }))", 'succeeded({ key: null, region: null })'),
  ],
  'the token of another run': [change('src-main/broker/relay/relay-runs.ts', 'randomBytes(32)', 'randomBytes(16)')],

  // Electron
  'a page that asks for Node or the network': [
    change('src-renderer/index.html', "connect-src 'self'", 'connect-src *'),
    change('src-main/platform/windows/content-security-policy.ts', `"default-src 'none'",`, `"default-src 'none'",\n  'connect-src *',`),
    change('src-main/platform/windows/hardening.ts', "cancel: !isAppUrl(url) && !url.startsWith('devtools:')", 'cancel: isAppUrl(url) && url === ""'),
  ],
  'a package with a fuse blown wrong': fuse('grantFileProtocolExtraPrivileges'),
  '`ELECTRON_RUN_AS_NODE`, `NODE_OPTIONS`, `--inspect`, SIGUSR1': fuse('runAsNode'),
  '`--remote-debugging-port`': [change('src-main/platform/windows/hardening.ts', 'refused === undefined) return;', 'refused !== null) return;')],
  'an inspector’s port': fuse('enableNodeCliInspectArguments'),
  'a page that navigates, in its frames too': [
    change('src-main/platform/windows/hardening.ts', "contents.on('will-navigate', (event) => event.preventDefault());", ''),
    change('src-main/platform/windows/hardening.ts', "contents.on('will-frame-navigate', (event) => event.preventDefault());", ''),
  ],

  'the panel: it sends commands of other windows, and malformed ones of its own, with its prototypes spoilt': everyWindowsCommands,
  'the prompt: it sends commands of other windows, and malformed ones of its own, with its prototypes spoilt': everyWindowsCommands,
  'the question: it sends commands of other windows, and malformed ones of its own, with its prototypes spoilt': everyWindowsCommands,
  'the settings: it sends commands of other windows, and malformed ones of its own, with its prototypes spoilt': everyWindowsCommands,
  'whatever a page sends as a command': junkIsTaken,
  'a command with one value exchanged, or one too many': junkIsTaken,

  // Texts that would be obeyed
  'escape sequences in whatever the app answers': printable,
  'escape sequences in failures': printable,
  'quotes, newlines and `$()` in exported values, in bash': exportsOfPosixShells,
  'the same in zsh': exportsOfPosixShells,
  'the same in fish': [change('src-main/core/hand-offs/exports.ts', String.raw`value.replaceAll(/[\\']/g, '\\$&')`, 'value')],
  'the same in dash': exportsOfPosixShells,
  'a `~/.curlrc` and proxy variables': [change('bin/sts-tray', 'curl -q --silent', 'curl --silent')],
  'a profile called `@file`': [change('bin/sts-tray', '"profile=$sts_profile"', '"profile$sts_profile"')],
  'any text as a Terraform file': [change('src-main/core/terraform/structure/hcl-text.ts', '    return low + 1;', '    return low;')],
  'any text as an expression of Terraform': [
    change('src-main/core/terraform/language/syntax/parse.ts', 'error instanceof SyntaxProblem || error instanceof RangeError', 'error instanceof RangeError'),
  ],
  'lines that patterns are slow to read': [change('src-main/core/relay/sts-request.ts', '/^x-amz-/i', '/^(?:[a-z]+-?)+amz-/i')],
  'a pipe or a device in the place of a file': [change('src-main/files/read-file.ts', 'if (!found.isFile())', 'if (found.isDirectory())')],
  'a file that is larger than the memory': [change('src-main/files/read-file.ts', "if (found.size > bytesMax) throw systemError('EFBIG');", '')],

  // Secrets
  'the file of kept sessions': [change('src-main/files/private-file.ts', "open(part, 'wx', 0o600)", "open(part, 'wx', 0o644)")],
  'a search for secrets with nothing to look for': [change('testing/secrets/leaks.ts', 'secrets.length === 0 || ', '')],
  'the ledger’s files': [change('src-main/broker/ledger/ledger-file.ts', 'constants.O_CREAT, 0o600', 'constants.O_CREAT, 0o644')],
  'a key that moves to the keychain, with older backups': [change('src-main/aws/files/backup.ts', 'const kept = textWithoutKeys(text);', 'const kept = text;')],
  'a dump of a crashed process': [change('src-main/platform/memory/core-dumps.ts', "writeFileSync(filterFile, '0')", "writeFileSync(filterFile, '0x33')")],
  'a secret in a tracked file': [
    // Put together here, so that this file holds none itself.
    change('SECURITY.md', '# Security\n', `# Security\n${['AKIA', 'Q2W7E3R4T5Y6U2I7'].join('')}\n`),
  ],
  'secrets, codes, account IDs and names in any field of any event of the log, and in the params of any failure': anyWordInTheLog,
  'the same in the file of the log': [
    ...anyWordInTheLog,
    // A failure has only words that the app knows before it comes to the line.
    change('src-main/core/log/failure-event.ts', '(each) => each === first)', '(each) => each === first) ?? (params[name] as W | undefined)'),
  ],
  'a secret in the message of a bug that nobody caught': [
    change('src-main/core/log/bug-event.ts', "/^[A-Za-z]{1,40}$/.test(name) ? name : 'Error'", 'message'),
  ],
  'access keys, secrets, tokens, codes and the home folder in a text from outside': [
    change('src-main/core/log/redaction.ts', String.raw`.replaceAll(/(?<!\d)\d{6}(?!\d)/g, '[six digits]')`, ''),
  ],
  'a report after a session, a refused code and a refused run': [change('src-main/core/report/masks.ts', 'accounts.of(id)', 'id')],
  'what a killed app left of a terminal that was opening': [
    change('src-main/platform/terminals/left-hand-overs.ts', '!isRunning(Number(pid))', 'isRunning(Number(pid))'),
  ],

  // Supply chain
  'a package without a hash, or with an address': [
    change('package-lock.json', '"node_modules/zod": {', '"node_modules/zod": {\n      "resolved": "https://mirror.example/zod.tgz",'),
  ],
  'a licence that does not fit': [change('package-lock.json', '"license": "(AFL-2.1 OR BSD-3-Clause)"', '"license": "GPL-3.0-only"')],

  // Faults
  'an app that is killed while it writes the ledger': [change('src-main/broker/ledger/ledger-file.ts', 'await this.#write(line)', 'void this.#write(line)')],
  'an app that is killed while it writes the vault': writtenInPlace,
  'an app that is killed with a session': [
    change('src-main/vault/session-vault.ts', 'if (this.#isLive(session)) this.#sessions', 'if (!this.#isLive(session)) this.#sessions'),
  ],
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
    [
      // The place that the key comes from is touched first.
      change('src-main/broker/profiles/access-key-mover.ts', 'const kept = await parts.vault.keep(', 'const kept = await parts.removeFromFiles('),
      change('src-main/broker/profiles/access-key-mover.ts', 'await prove(profile, key.value, parts)', 'await parts.verifyKey(profile, key.value)'),
      change('src-main/broker/profiles/access-key-mover.ts', 'return parts.removeFromFiles(', 'return parts.vault.keep('),
    ],
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
    change('src-main/platform/desktop/settings.ts', 'return parsed.success &&', 'return Settings.safeParse(stored).success && parsed.success &&'),
  ],
  'a damaged file of sessions': [change('src-main/vault/session-vault.ts', 'failed(await setAside(this.#file))', 'succeeded(new Map())')],
  'an entry in any AWS file, and its removal': [
    change('src-main/core/profiles/config-lines.ts', 'const added = block.lineEnd.repeat(block.breaks);', "const added = '';"),
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
  'twenty writers of an AWS file at once': [
    // The lock, and the look afterwards by which most edits would still be made good.
    change('src-main/aws/files/file-lock.ts', 'if (await makeFile(path, mark))', 'if ((await makeFile(path, mark)) || mark !== null)'),
    change('src-main/aws/files/file-lock.ts', '(await readMark(path)) === mark', '(await readMark(path)) !== path'),
    change('src-main/aws/files/config-file.ts', 'if (late === null && now.ok && isDone(now.value.text, written, task.edit))', 'if (now.ok)'),
  ],
  'an AWS file that may not be written': [change('src-main/aws/files/config-file.ts', 'access(target.value, constants.W_OK)', 'access(target.value)')],
};

/** Rows whose tests nobody has seen fail yet. No row is to be added here: whoever plants the fault of one takes it out. */
export const notYetPlanted = [
  'the panel: a script of somebody else asks for camera, place, files, devices, windows, workers, Node',
  'the panel: it sends by every way that a page has, WebRTC among them, and navigates, also by dropped files',
  'the prompt: a script of somebody else asks for camera, place, files, devices, windows, workers, Node',
  'the prompt: it sends by every way that a page has, WebRTC among them, and navigates, also by dropped files',
  'the question: a script of somebody else asks for camera, place, files, devices, windows, workers, Node',
  'the question: it sends by every way that a page has, WebRTC among them, and navigates, also by dropped files',
  'the settings: a script of somebody else asks for camera, place, files, devices, windows, workers, Node',
  'the settings: it sends by every way that a page has, WebRTC among them, and navigates, also by dropped files',
  'paths with `..` in the app’s own scheme, plain and encoded',
  'a page of another origin in a window of the app',
  'a window whose process crashes',
  'a secret is planted in files, backups, temporary folders, a window, the clipboard',
  'a secret in the arguments or the environment of a process of a moment',
  'every hand-off: exports, `credential_process`, `exec`, console, terminals, `install`',
  'a wrong code, an STS that is down, a page of HTML that repeats what it was sent',
  'a session that AWS ended, a role that the relay refuses',
  'a secret access key that was mistyped',
  'a rotation that fails half way',
  '`kill -9` of the app, with a terminal and copied exports open',
  'a key that moves into the keychain',
  'a keychain that refuses the key',
  'a notification server that hangs',
  'a display that is lost',
  'a keychain that is locked in the middle of a session (GNOME Keyring)',
  'two apps at once, with different data folders, beside a program that appends to the same AWS file',
  'two apps at once, with the same data folder',
];
