import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BusConnection } from './bus-connection.ts';
import { poll } from '../../processes/deadline.ts';
import { startDesktop, type Desktop, type DesktopOptions } from '../desktop.ts';
import { isKeyringLocked, lockKeyring, unlockKeyring } from './keyring.ts';
import { missingPrograms } from '../../processes/missing-programs.ts';

/** Electron with the app's own keychain adapter, which does what each line of its standard input says. */
const KEYCHAIN_APP = String.raw`
import { app } from 'electron';
import { openKeychain, preferSecretService } from '../../../src-main/platform/desktop/keychain.ts';
preferSecretService(process.env);
let kept: Buffer = Buffer.alloc(0);
let beats = 0;
setInterval(() => (beats += 1), 20);
const report = (what: unknown): void => void process.stdout.write(JSON.stringify(what) + '\n');
const keychain = openKeychain({ env: process.env, signal: new AbortController().signal });
keychain.onUnlocked(() => report('unlocked'));
const answers = {
  state: () => keychain.state(),
  encrypt: async () => {
    const encrypted = await keychain.encrypt('kept 東京');
    if (encrypted.ok) kept = encrypted.value;
    return encrypted.ok ? { ok: true, inClear: kept.includes('kept') } : encrypted;
  },
  decrypt: () => keychain.decrypt(kept),
  // AES-CBC knows no half block; a whole one has the right padding by chance with one key in 256.
  damaged: () => keychain.decrypt(Buffer.concat([Buffer.from('v11'), Buffer.alloc(15, 7)])),
  beats: async () => beats,
};
void app.whenReady().then(() => {
  process.stdin.setEncoding('utf8').on('data', (line: string) => {
    void answers[line.trim() as keyof typeof answers]().then(report);
  });
  report('ready');
});
`;

const runtime = electronExecutable();
const isPossible = runtime !== undefined && missingPrograms().length === 0;

describe.skipIf(!isPossible)('the keychain of a desktop', { timeout: 60_000 }, () => {
  let desktop: Desktop;
  let app: KeychainApp | undefined;

  afterEach(async () => {
    await app?.close();
    app = undefined;
    await desktop.close();
  }, 30_000);

  async function start(options: DesktopOptions, env: Readonly<Record<string, string>> = {}): Promise<KeychainApp> {
    desktop = await startDesktop(options);
    app = await KeychainApp.start({ ...desktop.env, ...env });
    return app;
  }

  test('the keychain of a desktop keeps secrets when it is unlocked', async () => {
    const keychain = await start({ keyring: 'unlocked' });
    expect(await isKeyringLocked(desktop.sessionBusAddress)).toBe(false);
    expect(await keychain.ask('state')).toEqual({ kind: 'available' });
    expect(await keychain.ask('encrypt')).toEqual({ ok: true, inClear: false });
    expect(await keychain.ask('decrypt')).toEqual({ ok: true, value: { text: 'kept 東京', isOutdated: false } });
    expect(await keychain.ask('damaged')).toEqual({ ok: false, error: { code: 'vault-unreadable', params: {} } });
    // An open keychain stays open: a screen lock that locks the keyring loses no session.
    await lockKeyring(desktop.sessionBusAddress);
    expect(await keychain.ask('encrypt')).toEqual({ ok: true, inClear: false });
  });

  test('the keychain of a desktop is found on a desktop that Chromium does not know', async () => {
    const keychain = await start({ keyring: 'unlocked' }, { XDG_CURRENT_DESKTOP: 'sway' });
    expect(await keychain.ask('state')).toEqual({ kind: 'available' });
  });

  test('the keychain of a desktop is missing where nothing keeps secrets', async () => {
    const keychain = await start({ keyring: 'none' });
    expect(await isKeyringLocked(desktop.sessionBusAddress)).toBeUndefined();
    expect(await keychain.ask('state')).toEqual({ kind: 'unavailable', error: { code: 'keychain-missing', params: {} } });
    expect(await keychain.ask('encrypt')).toEqual({ ok: false, error: { code: 'keychain-missing', params: {} } });
  });

  test('the keychain of a desktop is missing where there is no bus', async () => {
    const keychain = await start({ keyring: 'none' }, { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' });
    expect(await keychain.ask('state')).toEqual({ kind: 'unavailable', error: { code: 'keychain-missing', params: {} } });
  });

  test('the keychain of a desktop is locked until it is unlocked, without a restart of the app', async () => {
    const keychain = await start({ keyring: 'locked' });
    expect(await isKeyringLocked(desktop.sessionBusAddress)).toBe(true);
    expect(await keychain.ask('state')).toEqual({ kind: 'unavailable', error: { code: 'keychain-locked', params: {} } });
    expect(await keychain.ask('encrypt')).toEqual({ ok: false, error: { code: 'keychain-locked', params: {} } });
    await unlockKeyring(desktop.sessionBusAddress);
    expect(await keychain.ask('state')).toEqual({ kind: 'available' });
    expect(await keychain.ask('encrypt')).toEqual({ ok: true, inClear: false });
  });

  test('the keychain of a desktop asks for its password once, and the app goes on while the dialog is open', async () => {
    const keychain = await start({ keyring: 'locked' });
    const dialogs = await silentDialogs(desktop.sessionBusAddress);
    for (const _ of [1, 2, 3]) {
      expect(await keychain.ask('state')).toEqual({ kind: 'unavailable', error: { code: 'keychain-locked', params: {} } });
    }
    await expect.poll(dialogs.opened).toBe(1);
    const before = Number(await keychain.ask('beats'));
    await poll(10_000, 'The app did not go on', async () => (Number(await keychain.ask('beats')) - before > 20 ? true : undefined));
    expect(dialogs.opened()).toBe(1);
    dialogs.close();
  });
});

/** Stands in for the desktop's password dialogs, which nobody answers here. */
async function silentDialogs(busAddress: string): Promise<{ readonly opened: () => number; readonly close: () => void }> {
  const bus = await BusConnection.open(busAddress);
  let opened = 0;
  const nothing = { signature: '', values: [] };
  bus.serve({
    path: '/org/gnome/keyring/Prompter',
    interface: 'org.gnome.keyring.internal.Prompter',
    methods: {
      BeginPrompting: () => {
        opened += 1;
        return nothing;
      },
      StopPrompting: () => nothing,
    },
  });
  await bus.ownName('org.gnome.keyring.SystemPrompter');
  return { opened: () => opened, close: () => bus.close() };
}

class KeychainApp {
  readonly #child: ChildProcess;
  #reported: unknown[] = [];

  private constructor(child: ChildProcess) {
    this.#child = child;
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      const lines = (text + part).split('\n');
      text = lines.pop() ?? '';
      this.#reported.push(...lines.map((line): unknown => JSON.parse(line)));
    });
  }

  static async start(env: Readonly<Record<string, string>>): Promise<KeychainApp> {
    const folder = join(env['HOME'] ?? '', 'keychain-app');
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'keychain-app', main: 'main.cjs' }));
    await writeFile(join(folder, 'main.cjs'), await bundle());
    const args = [folder, `--user-data-dir=${join(folder, 'data')}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
    const app = new KeychainApp(spawn(runtime ?? '', args, { env: { ...env }, stdio: ['pipe', 'pipe', 'ignore'] }));
    await poll(15_000, 'Electron was not ready', () => app.#reported[0]);
    return app;
  }

  async ask(question: 'state' | 'encrypt' | 'decrypt' | 'damaged' | 'beats'): Promise<unknown> {
    this.#reported = [];
    this.#child.stdin?.write(`${question}\n`);
    return poll(10_000, `Nothing answered ${question}`, () => this.#reported[0]);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}

/** CommonJS, as the real app is built, but in one file. */
async function bundle(): Promise<string> {
  const entry = join(import.meta.dirname, 'keychain-app.ts');
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [{ name: 'keychain-app', resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? KEYCHAIN_APP : null) }],
    build: {
      write: false,
      ssr: entry,
      minify: false,
      rollupOptions: { input: entry, external: ['electron', /^node:/], output: { format: 'cjs', codeSplitting: false } },
    },
    ssr: { noExternal: true },
  });
  const [chunk] = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  if (chunk?.type !== 'chunk') throw new Error('The app was not built');
  return chunk.code;
}

/** What `scripts/setup.mjs` chose, in a checkout where it has run. */
function electronExecutable(): string | undefined {
  const choice = new URL('../../../.runtime/electron.json', import.meta.url);
  if (!existsSync(choice)) return undefined;
  const { executable } = z.object({ executable: z.string() }).parse(JSON.parse(readFileSync(choice, 'utf8')));
  return existsSync(executable) ? executable : undefined;
}
