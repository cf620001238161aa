import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { errorCodes } from '../../contract/app-error.ts';
import { isLogLine } from '../../core/log/log-line.ts';
import { redacted } from '../../core/log/redaction.ts';
import { logBytesMax } from '../../files/log-excerpt.ts';
import { leaksIn } from '../../../testing/secrets/leaks.ts';
import { logBug, logEvent, logFailure, openLog, readLog } from './log.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-'));
});
afterEach(() => rm(folder, { recursive: true }));

// Bugs and failures are also said on the terminal that the app was started from.
const onTerminal = vi.spyOn(console, 'warn').mockImplementation(() => undefined);

const file = () => join(folder, 'logs', 'main.log');
const logged = () => readFile(file(), 'utf8');
const event = { event: 'power', state: 'resume' } as const;
/** Of which three thousand are more than one file takes. */
const long = { event: 'bug', kind: redacted('long '.repeat(80), { home: '', user: '' }) } as const;

describe('the log', () => {
  it('the log has a line for each event, which says when it was', async () => {
    openLog(folder);
    logEvent(event);
    expect(await logged()).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z power state=resume\r?\n$/);
  });

  it('the log has nothing of the params of a failure but what the app itself knows', async () => {
    openLog(folder);
    const canaries = ['canary-of-a-param', 'AKIAIOSFODNN7EXAMPLE', '987698', '210987654321', '/home/canary-alice/.aws'];
    const names = ['reason', 'service', 'action', 'name', 'file', 'profile', 'account', 'role', 'status', 'seconds', 'line', 'key', 'anything'];
    for (const code of errorCodes) {
      for (const canary of canaries) logFailure({ code, params: Object.fromEntries(names.map((name) => [name, canary])) });
    }
    const text = await logged();
    expect(text.split('\n').filter((line) => line !== '')).toHaveLength(errorCodes.length * canaries.length);
    expect(text.split(/\r?\n/).filter((line) => line !== '' && !isLogLine(line))).toEqual([]);
    expect(leaksIn('the log', text, canaries)).toEqual([]);
  });

  it('the log has room for what else happens, though programs are answered thousands of times, and says how often when it is read', async () => {
    openLog(folder);
    const answer = { event: 'asked', name: 'credential-process', outcome: 'done', ms: 4 } as const;
    logEvent(event);
    for (let time = 0; time < 5000; time += 1) logEvent(answer);
    const { lines } = await readLog(folder, 200, isLogLine);
    expect(lines.map((line) => line.slice(25))).toEqual([
      'power state=resume',
      'asked name=credential-process outcome=done ms=4',
      'asked name=credential-process outcome=done ms=4 times=4999',
    ]);
    logEvent(answer);
    logEvent(answer);
    logFailure({ code: 'mfa-timeout', params: {} });
    expect(
      (await logged())
        .split(/\r?\n/)
        .slice(3, -1)
        .map((line) => line.slice(25)),
    ).toEqual(['asked name=credential-process outcome=done ms=4', 'asked name=credential-process outcome=done ms=4 times=1', 'failed code=mfa-timeout']);
  });

  it('the log has where a bug happened, and nothing of its message', async () => {
    openLog(folder);
    logBug(new TypeError('canary 987698\n    at canaryFunction (/home/alice/canary.ts:1:2)'));
    logBug('canary');
    const text = await logged();
    expect(text).toMatch(/ bug kind="TypeError" at="log\.test\.ts:\d+:\d+/);
    expect(leaksIn('the log', text, ['canary', '987698', folder])).toEqual([]);
  });

  it('the log has the place of what nobody caught, and not its message', async () => {
    openLog(folder);
    const caught = process.listeners('uncaughtException').at(-1);
    caught?.(new RangeError('canary 987698'), 'uncaughtException');
    const text = await logged();
    expect(text).toMatch(/ bug kind="RangeError" at="log\.test\.ts:/);
    expect(leaksIn('the log', text, ['canary'])).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('the files of the log are for their user alone, also those that an older version made', async () => {
    await mkdir(join(folder, 'logs'));
    for (const name of ['main.log', 'main.old.log']) await writeFile(join(folder, 'logs', name), 'x', { mode: 0o644 });
    openLog(folder);
    for (const name of ['main.log', 'main.old.log']) expect((await stat(join(folder, 'logs', name))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'logs'))).mode & 0o777).toBe(0o700);
  });

  it('the log takes up two files of its size, however much is logged', async () => {
    openLog(folder);
    for (let count = 0; count < (2.5 * logBytesMax) / 300; count += 1) logEvent(long);
    const names = await readdir(join(folder, 'logs'));
    expect(names.toSorted()).toEqual(['main.log', 'main.old.log']);
    for (const name of names) {
      const { size, mode } = await stat(join(folder, 'logs', name));
      // Windows has no modes, and closes a user's folders to others.
      const forOthers = process.platform === 'win32' ? 0 : mode & 0o077;
      expect(size).toBeLessThan(logBytesMax + 1000);
      expect(forOthers).toBe(0);
    }
    expect((await stat(join(folder, 'logs', 'main.old.log'))).size).toBeGreaterThan(logBytesMax - 1000);
  }, 60_000);
});

describe('a log that cannot be written', () => {
  it('a log whose folder cannot be made does no harm', async () => {
    await writeFile(join(folder, 'logs'), 'a file where the folder would be');
    openLog(folder);
    logEvent(event);
    logBug(new Error('x'));
    expect(await readdir(folder)).toEqual(['logs']);
    expect(onTerminal.mock.calls.at(-1)?.[0]).toMatch(/ bug kind="Error"/);
  });

  it.runIf(process.platform === 'linux')('a log on a full disk does no harm', async () => {
    openLog(folder);
    await symlink('/dev/full', file());
    await expect(writeFile(file(), 'x')).rejects.toThrow('ENOSPC');
    onTerminal.mockClear();
    for (let count = 0; count < 100; count += 1) logEvent(event);
    logBug(new Error('x'));
    expect(onTerminal.mock.calls.map(([line]) => String(line)).filter((line) => !isLogLine(line))).toEqual([]);
    // The disk has room again.
    await rm(file());
    logEvent(event);
    expect(await logged()).toContain('power state=resume');
  });

  it('a log that cannot be made the older one stays within its size', async () => {
    openLog(folder);
    // Nothing can be renamed to the name of a folder.
    await mkdir(join(folder, 'logs', 'main.old.log', 'taken'), { recursive: true });
    for (let count = 0; count < (2.5 * logBytesMax) / 300; count += 1) logEvent(long);
    expect((await stat(file())).size).toBeLessThan(logBytesMax + 1000);
  }, 60_000);
});
