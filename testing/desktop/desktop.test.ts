import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { JAPANESE, startDesktop, type Desktop } from './desktop.ts';
import { missingPrograms } from '../processes/missing-programs.ts';

const isPossible = missingPrograms().length === 0;

describe.skipIf(!isPossible)('the private desktop', { timeout: 60_000 }, () => {
  let desktop: Desktop;
  const terminals: ChildProcess[] = [];

  beforeAll(async () => {
    desktop = await startDesktop();
  }, 60_000);

  afterAll(async () => {
    for (const terminal of terminals) terminal.kill();
    await desktop.close();
  });

  function openTerminal(title: string, script: string, resources: readonly string[] = []): void {
    const settings = resources.flatMap((resource) => ['-xrm', resource]);
    const args = [...settings, '-T', title, '-geometry', '60x10+100+100', '-e', 'sh', '-c', script];
    terminals.push(spawn('xterm', args, { env: { ...desktop.env, LC_ALL: 'C.UTF-8' }, stdio: 'ignore' }));
  }

  const tellInTitle = (variable: string): string => String.raw`printf '\033]0;Heard %s\007' "$${variable}"; sleep 60`;

  test('the private desktop gives programs an environment of its own, without that of the tests', () => {
    expect(desktop.env['HOME']).not.toBe(process.env['HOME']);
    expect(desktop.env['DISPLAY']).toMatch(/^:\d+$/);
    expect(desktop.env['DBUS_SYSTEM_BUS_ADDRESS']).toContain(desktop.env['XDG_RUNTIME_DIR']);
    expect(Object.keys(desktop.env).filter((name) => name.startsWith('AWS_'))).toEqual([]);
  });

  test('the private desktop refuses a program that lacks its cookie', async () => {
    const stranger = spawn('xdotool', ['getmouselocation'], { env: { ...desktop.env, XAUTHORITY: '/dev/null' }, stdio: 'ignore' });
    const code = await new Promise((resolve) => stranger.once('exit', resolve));
    expect(code).not.toBe(0);
  });

  test('the private desktop lists a window with its title, its process and the place where the window manager put it', async () => {
    openTerminal('Listed', 'sleep 60');
    const window = await desktop.waitForWindow('Listed');
    expect(window.area.width).toBeGreaterThan(200);
    expect(terminals.map(({ pid }) => pid)).toContain(window.pid);
    expect((await desktop.windows()).map(({ title }) => title)).toContain('Listed');
  });

  test('the private desktop types into the focused window', async () => {
    openTerminal('Asks', `read line; ${tellInTitle('line')}`);
    await desktop.focus(await desktop.waitForWindow('Asks'));
    await desktop.typeText('123 456');
    await desktop.pressKey('Return');
    expect((await desktop.waitForWindow(/^Heard 1/)).title).toBe('Heard 123 456');
  });

  test('the private desktop says which windows there are when the awaited one does not come', async () => {
    await expect(desktop.waitForWindow('Never', 200)).rejects.toThrow(/No window was titled Never \(there are: /);
  });

  test('the private desktop reads what another program copied', async () => {
    const copied = Buffer.from('export AWS_REGION=東京').toString('base64');
    openTerminal('Copies', String.raw`printf '\033]52;c;${copied}\007'; sleep 60`, ['XTerm*allowWindowOps: true']);
    await expect.poll(() => desktop.clipboard.readText(), { timeout: 10_000 }).toBe('export AWS_REGION=東京');
    expect(await desktop.clipboard.targets()).toContain('UTF8_STRING');
  });

  test('the private desktop takes the clipboard over, so that another program pastes from it', async () => {
    openTerminal('Pastes', `read line; ${tellInTitle('line')}`, ['XTerm*selectToClipboard: true']);
    await desktop.clipboard.writeText('something else');
    expect(await desktop.clipboard.readText()).toBe('something else');
    await desktop.focus(await desktop.waitForWindow('Pastes'));
    await desktop.pressKey('shift+Insert');
    await desktop.pressKey('Return');
    await desktop.waitForWindow('Heard something else');
  });

  test('the private desktop saves pictures of the screen, of a window and of the tray as PNG', async () => {
    const folder = desktop.env['HOME'] ?? '';
    openTerminal('Pictured', 'sleep 60');
    const window = await desktop.waitForWindow('Pictured');
    await desktop.screenshot(join(folder, 'screen.png'));
    await desktop.screenshotWindow(window, join(folder, 'window.png'));
    await desktop.screenshotTray(join(folder, 'tray.png'), 2);
    const framed = (await desktop.waitForWindow('Pictured')).framedArea;
    expect(await pngSize(join(folder, 'screen.png'))).toEqual([1280, 800]);
    expect(await pngSize(join(folder, 'window.png'))).toEqual([framed.width, framed.height]);
    expect(await pngSize(join(folder, 'tray.png'))).toEqual([desktop.trayArea.width * 2, desktop.trayArea.height * 2]);
  });
});

describe.skipIf(!isPossible)('starting and closing a desktop', { timeout: 60_000 }, () => {
  afterEach(() => void vi.unstubAllEnvs());

  test('starting and closing a desktop leaves no process and no file behind', async () => {
    const desktop = await startDesktop({ keyring: 'unlocked', theme: 'dark', language: JAPANESE });
    const home = desktop.env['HOME'] ?? '';
    expect(desktop.env['LANG']).toBe('ja_JP.UTF-8');
    expect((await processesWith(home)).length).toBeGreaterThan(5);
    await desktop.close();
    await expect.poll(() => processesWith(home), { timeout: 5_000 }).toEqual([]);
    expect(existsSync(home)).toBe(false);
  });

  test('a desktop that fails half-way through its start leaves nothing behind either, and names the program that is missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'partial-'));
    try {
      await Promise.all(['Xvfb', 'dbus-daemon'].map((program) => symlink(whereIs(program), join(folder, program))));
      vi.stubEnv('PATH', folder);
      vi.stubEnv('TMPDIR', folder);
      await expect(startDesktop()).rejects.toThrow('xfwm4 could not be started: is it installed?');
      await expect.poll(() => processesWith(folder), { timeout: 5_000 }).toEqual([]);
      expect((await readdir(folder)).toSorted()).toEqual(['Xvfb', 'dbus-daemon']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

async function pngSize(path: string): Promise<[number, number]> {
  const png = await readFile(path);
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

/** The ids of the processes, other than this one, whose environment names `folder`. */
async function processesWith(folder: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const named = await Promise.all(ids.map(async (id) => (await readFile(`/proc/${id}/environ`, 'latin1').catch(() => '')).includes(folder)));
  return ids.filter((_, index) => named[index]);
}

function whereIs(program: string): string {
  const folder = (process.env['PATH'] ?? '').split(':').find((each) => existsSync(join(each, program)));
  return join(folder ?? '', program);
}
