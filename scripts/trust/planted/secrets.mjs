import { change } from './change.mjs';
import { keyIsTakenFirst } from './in-several-tables.mjs';

const anyWordInTheLog = [change('src-main/core/log/log-line.ts', "typeof value === 'string' && kind.includes(value) ?", "typeof value === 'string' ?")];

/** @type {Readonly<Record<string, import('../planting.mjs').PlantedFault>>} */
export const ofSecrets = {
  'the file of kept sessions': [change('src-main/files/private-file.ts', "open(part, 'wx', 0o600)", "open(part, 'wx', 0o644)")],
  'a secret is planted in files, backups, temporary folders, a window, the clipboard': [change('testing/secrets/leaks.ts', '...base64, ...forUrls, ', '')],
  'a secret in the arguments or the environment of a process of a moment': [
    change('testing/processes/seen-processes.ts', 'everyMs = 20;', 'everyMs = 20_000;'),
  ],
  'every hand-off: exports, `credential_process`, `exec`, console, terminals, `install`': [
    change('src-main/broker/ledger/ledger.ts', 'accessKeyId, way, credentials, program }', '...session.credentials, way, credentials, program }'),
  ],
  'a wrong code, an STS that is down, a page of HTML that repeats what it was sent': [
    change('src-main/aws/client/aws-answer.ts', "name: type || 'no content type'", "name: body.toString('utf8')"),
  ],
  'a session that AWS ended, a role that the relay refuses': [
    change('src-main/broker/sessions/held-sessions.ts', 'accessKeyId: held.credentials.accessKeyId, how', '...held.credentials, how'),
  ],
  'a secret access key that was mistyped': [
    change(
      'src-main/broker/profiles/access-key-adder.ts',
      '  const proven = await places.verifyKey(',
      '  await places.addToFiles(profile, key);\n  const proven = await places.verifyKey(',
    ),
  ],
  'a rotation that fails half way': [
    change(
      'src-main/broker/access-keys/key-rotations.ts',
      "recorded('created', ({ accessKeyId }) => accessKeyId,",
      "recorded('created', ({ secretAccessKey }) => secretAccessKey,",
    ),
  ],
  '`kill -9` of the app, with a terminal and copied exports open': [
    change('src-main/vault/encrypted-file.ts', 'await this.#cipher.encrypt(text)', 'succeeded(Buffer.from(text))'),
  ],
  'a key that moves into the keychain': [
    change('src-main/broker/profiles/profile-changes.ts', '{ backup: false, mode: 0o600 }', '{ backup: true, mode: 0o600 }'),
    change('src-main/aws/files/config-file.ts', 'encodeText(textWithoutKeys(base), seen.encoding)', 'encodeText(base, seen.encoding)'),
  ],
  'a keychain that refuses the key': keyIsTakenFirst,
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
};
