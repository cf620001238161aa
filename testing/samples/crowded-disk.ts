import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { editAwsFile } from '../../src-main/aws/files/config-file.ts';
import { LedgerFile } from '../../src-main/broker/ledger/ledger-file.ts';
import type { AppError, Result } from '../../src-main/contract/app-error.ts';
import { Settings } from '../../src-main/contract/settings.ts';
import { succeeded } from '../../src-main/core/errors.ts';
import { SettingsFile } from '../../src-main/platform/desktop/settings.ts';
import { AccessKeyVault } from '../../src-main/vault/access-key-vault.ts';
import { SessionVault } from '../../src-main/vault/session-vault.ts';
import { handedOff } from './sample-entries.ts';
import { generation, issuedAt } from './sample-sessions.ts';
import { testCipher } from './test-cipher.ts';

/** What each file said to a write without room and to one with room again, and what was in the folder after each. */
export type Crowded = {
  /** Null where the write worked. */
  readonly without: Readonly<Record<string, AppError | null>>;
  readonly kept: { readonly before: Readonly<Record<string, string>>; readonly after: Readonly<Record<string, string>> };
  readonly again: Readonly<Record<string, AppError | null>>;
  /** How long writing with room again took, in milliseconds. */
  readonly againMs: number;
  readonly ledger: { readonly told: number; readonly found: number };
  readonly found: Readonly<Record<string, unknown>>;
};

/** A process of a test: in a folder that gets full (`disk`) or read-only (`read-only`), or is not let write files (`limit`), it changes each kind of file that the app writes, and prints what became of it. */
const [, , folder = '', way = ''] = process.argv;
const files = {
  config: join(folder, 'aws', 'config'),
  vault: join(folder, 'vault', 'sessions'),
  keys: join(folder, 'vault', 'access-keys'),
  ledger: join(folder, 'ledger.jsonl'),
};
const filler = join(folder, 'filler');

const cipher = testCipher();
const settings = new SettingsFile(join(folder, 'used'));
/** Nothing was written there yet, as by an app that has just started. */
const fresh = new SettingsFile(join(folder, 'fresh'));
const ledger = new LedgerFile({ file: files.ledger });
const sessions = new SessionVault({ cipher, file: files.vault, now: () => issuedAt });
const keys = new AccessKeyVault({ cipher, file: files.keys });

const chosen = (clipboardSeconds: number) => Settings.parse({ clipboardSeconds, favourites: Array.from({ length: 40 }, (_, index) => `profile-${index}`) });
const entries = (name: string) => (text: string) =>
  succeeded(text.includes(`[profile ${name}]`) ? text : `${text}[profile ${name}]\n${'region = us-east-1\n'.repeat(400)}`);
const holdAll = async (number: number): Promise<Result<null>> => {
  for (const [profile, session] of generation(number)) sessions.hold(profile, session);
  const error = await sessions.settled();
  return error === null ? succeeded(null) : { ok: false, error };
};

const writes = (number: number): Readonly<Record<string, () => Promise<Result<unknown>>>> => ({
  settings: () => settings.write(chosen(10 + number)),
  'new settings': () => fresh.write(chosen(10 + number)),
  sessions: () => holdAll(number),
  'access keys': () => keys.keep('default', { accessKeyId: `AKIA${number}`, secretAccessKey: 'x'.repeat(5000) }),
  config: () => editAwsFile(files.config, entries(String(number)), { backup: true, mode: 0o600 }),
});

async function written(number: number, but?: string): Promise<Record<string, AppError | null>> {
  const outcomes: Record<string, AppError | null> = {};
  for (const [name, write] of Object.entries(writes(number))) if (name !== but) outcomes[name] = await write().then((done) => (done.ok ? null : done.error));
  return outcomes;
}

function makeFull(): void {
  if (way === 'limit') return limit('0');
  if (way === 'read-only') return remount('ro');
  const handle = openSync(filler, 'w');
  try {
    for (;;) writeSync(handle, Buffer.alloc(4096));
  } catch {
    closeSync(handle);
  }
}

function makeRoom(): void {
  if (way === 'limit') limit('unlimited');
  else if (way === 'read-only') remount('rw');
  else rmSync(filler);
}

/** The folder is a file system of its own. */
function remount(how: 'ro' | 'rw'): void {
  const done = spawnSync('mount', ['-o', `remount,${how}`, folder], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
}

/** Of this process, for each file that it writes. */
function limit(bytes: string): void {
  const set = spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`], { encoding: 'utf8' });
  if (set.status !== 0) throw new Error(set.stderr);
}

function contents(): Record<string, string> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== 'filler' && !entry.name.startsWith('ledger'),
  );
  return Object.fromEntries(
    all.map(({ parentPath, name }) => [join(parentPath, name).slice(folder.length + 1), readFileSync(join(parentPath, name), 'latin1')]),
  );
}

async function append(until: (done: boolean, times: number) => boolean): Promise<number> {
  let told = 0;
  for (let times = 1; ; times++) {
    const { ok } = await ledger.append(handedOff({ program: { pid: times, command: 'terraform plan', folder: null } }));
    if (ok) told += 1;
    if (until(ok, times)) return told;
  }
}

// With a listener, a write beyond the limit fails with EFBIG and does not end the process.
process.on('SIGXFSZ', () => {});
mkdirSync(join(folder, 'aws'));
mkdirSync(join(folder, 'fresh'));
writeFileSync(files.config, '# mine\n');
await written(1, 'new settings');
let told = await append((_, times) => times === 5);
const before = contents();
makeFull();
const without = await written(2);
// The end of a page may have room for some.
told += await append((done, times) => !done || times === 200);
const after = contents();
makeRoom();
const begun = performance.now();
const again = await written(3);
const againMs = performance.now() - begun;
told += await append((_, times) => times === 5);
const read = await new LedgerFile({ file: files.ledger }).read();
const restored = await new SessionVault({ cipher, file: files.vault, now: () => issuedAt }).restore();
const key = await keys.read('default');
const crowded: Crowded = {
  without,
  kept: { before, after },
  again,
  againMs,
  ledger: { told, found: read.ok ? read.value.length : -1 },
  found: {
    settings: new SettingsFile(join(folder, 'used')).read().settings.clipboardSeconds,
    'new settings': new SettingsFile(join(folder, 'fresh')).read().settings.clipboardSeconds,
    sessions: [...new Set([...restored.sessions.values()].map(({ credentials }) => credentials.accessKeyId))],
    'access keys': key.ok ? key.value.accessKeyId : null,
    config: readFileSync(files.config, 'utf8').match(/^\[.*\]$/gm),
  },
};
process.stdout.write(JSON.stringify(crowded));
