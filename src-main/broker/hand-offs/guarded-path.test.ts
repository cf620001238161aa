import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedSubcommands } from '../../core/terraform/runs/subcommands.ts';
import { GuardedPath } from './guarded-path.ts';

let home: string;
let folder: string;
let path: GuardedPath;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "guarded path's "));
  for (const [name, says] of [
    ['real', 'real'],
    ['app', 'guard'],
  ] as const) {
    await mkdir(join(home, name));
    const program = join(home, name, name === 'app' ? 'sts-tray' : 'terraform');
    await writeFile(program, `#!/bin/sh\necho ${says}\nfor word do echo "[$word]"; done\nexit 7\n`);
    await chmod(program, 0o755);
  }
  path = new GuardedPath({ folder: join(home, 'bin'), command: [join(home, 'app', 'sts-tray'), '--user-data-dir=x y'], platform: 'linux' });
  const written = await path.folder();
  folder = (written.ok ? written.value : null) ?? '';
});
afterAll(() => rm(home, { recursive: true }));

/** What the script in front of PATH became: its words, one a line. */
async function terraform(args: readonly string[], env: Record<string, string> = {}): Promise<readonly string[]> {
  const options = { env: { PATH: `${folder}:${join(home, 'real')}:/usr/bin:/bin`, ...env } };
  try {
    await promisify(execFile)(join(folder, 'terraform'), [...args], options);
    return [];
  } catch (error) {
    const { stdout, code } = error as { readonly stdout: string; readonly code: number };
    return [...stdout.trim().split('\n'), String(code)];
  }
}

describe.skipIf(process.platform === 'win32')('a guarded terraform', () => {
  const guarded = { STS_TRAY_GUARD: 'my profile' };

  it('a guarded terraform has the guard look before what deploys, and passes every word on', async () => {
    const words = ['-chdir=a b', 'apply', "it's", '', '$HOME'];
    expect(await terraform(words, guarded)).toEqual([
      'guard',
      ...['--user-data-dir=x y', 'exec', 'my profile', '--from-terminal', '--', join(home, 'real', 'terraform'), ...words].map((word) => `[${word}]`),
      '7',
    ]);
    expect(await terraform(['plan'], { ...guarded, STS_TRAY_GUARD_ACCOUNT: '222222222222' })).toContain('[222222222222]');
  });

  it.each(guardedSubcommands)('a guarded terraform has the guard look before %s', async (subcommand) => {
    expect((await terraform([subcommand], guarded))[0]).toBe('guard');
  });

  it('a guarded terraform is the real one for everything else, and without a profile', async () => {
    for (const word of ['init', 'version', '-help', 'output']) expect(await terraform([word], guarded)).toEqual(['real', `[${word}]`, '7']);
    expect(await terraform(['apply'])).toEqual(['real', '[apply]', '7']);
    expect(await terraform(['apply'], { STS_TRAY_GUARD: '' })).toEqual(['real', '[apply]', '7']);
  });

  it('a guarded terraform never takes itself for the real one, however PATH writes its folder', async () => {
    const PATH = `${folder}/:${folder}/../bin:/usr/bin/nowhere`;
    await expect(promisify(execFile)('/bin/sh', [join(folder, 'terraform'), 'plan'], { env: { PATH, ...guarded } })).rejects.toMatchObject({ code: 127 });
  });

  it('a guarded terraform is for this user alone, and mended where somebody changed it', async () => {
    const file = join(folder, 'terraform');
    expect((await stat(file)).mode & 0o777).toBe(0o700);
    const text = await readFile(file, 'utf8');
    await writeFile(file, 'exit 0');
    await path.folder();
    expect(await readFile(file, 'utf8')).toBe(text);
  });
});
