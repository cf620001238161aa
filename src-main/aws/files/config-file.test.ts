import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { chmod, chown, lstat, mkdir, mkdtemp, open, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../contract/app-error.ts';
import { withInstalledProfile, withoutInstalledProfile } from '../../core/aws-files/config-lines.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { editAwsFile, type EditOptions } from './config-file.ts';

let home: string;
let file: string;
const options: EditOptions = { backup: true, mode: 0o600 };
const isRoot = process.getuid?.() === 0;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'aws-edit-'));
  file = join(home, '.aws', 'config');
});
afterEach(() => rm(home, { recursive: true }));

/** An edit that adds a line at the end, unless the file has it already. */
const adding = (line: string) => (text: string) => succeeded(text.includes(line) ? text : `${text}${line}\n`);
const modeOf = async (path: string) => (await stat(path)).mode & 0o7777;

async function given(text: string | Buffer, path = file): Promise<void> {
  await mkdir(join(home, '.aws'), { recursive: true });
  await writeFile(path, text);
}

/** The names of all files in the folder, so that a leftover would be noticed. */
const names = async () => (await readdir(join(home, '.aws'))).sort();

describe('an edit of a file', () => {
  it('an edit makes the file, for the user alone, when it does not exist', async () => {
    expect(await editAwsFile(file, adding('[a]'), options)).toEqual(succeeded({ changed: true, backup: null }));
    expect(await readFile(file, 'utf8')).toBe('[a]\n');
    expect([await modeOf(file), await modeOf(join(home, '.aws'))]).toEqual([0o600, 0o700]);
    expect(await names()).toEqual(['config']);
  });

  it('an edit makes no file when it has nothing to say', async () => {
    expect(await editAwsFile(file, succeeded, options)).toEqual(succeeded({ changed: false, backup: null }));
    expect(await editAwsFile(file, () => failed(appError('install-none', { file, profile: 'a' })), options)).toMatchObject({ ok: false });
    expect(await readdir(home)).toEqual([]);
  });

  it('an edit of a file keeps mode and owner, and what was there as a backup of the same mode', async () => {
    await given('[default]\n');
    await chmod(file, 0o640);
    // Only root can give a file to somebody else; for other users the file stays their own.
    if (isRoot) await chown(file, 1234, 2345);
    const { uid, gid } = await stat(file);
    const backup = `${file}.sts-tray-backup`;
    expect(await editAwsFile(file, adding('[a]'), options)).toEqual(succeeded({ changed: true, backup }));
    await editAwsFile(file, adding('[b]'), options);
    expect([await readFile(backup, 'utf8'), await readFile(file, 'utf8')]).toEqual(['[default]\n[a]\n', '[default]\n[a]\n[b]\n']);
    for (const path of [file, backup]) {
      expect(await modeOf(path)).toBe(0o640);
      expect(await stat(path)).toMatchObject({ uid, gid });
    }
    expect(await names()).toEqual(['config', 'config.sts-tray-backup']);
  });

  it('an edit of a file leaves no backup when none is wanted, as for a removed secret', async () => {
    await given('aws_secret_access_key = fake\n');
    await editAwsFile(file, () => succeeded(''), { ...options, backup: false });
    expect(await names()).toEqual(['config']);
  });

  it('an edit leaves a backup without the access keys that the file has, since it would outlive their move or their rotation', async () => {
    await given('[default]\naws_access_key_id = AKIAFAKE\naws_secret_access_key = fake\nregion = x\n');
    await editAwsFile(file, adding('[a]'), options);
    expect(await readFile(`${file}.sts-tray-backup`, 'utf8')).toMatch(/^\[default\]\n#.*\n#.*\nregion = x\n$/);
    expect(await readFile(file, 'utf8')).toContain('aws_secret_access_key = fake');
  });

  it.for([
    ['without a backup of its own', { backup: false, mode: 0o600 }, adding('[b]')],
    ['that has nothing to change', { backup: false, mode: 0o600 }, succeeded],
    ['that cannot be done', { backup: true, mode: 0o600 }, () => failed(appError('install-none', { file: 'config', profile: 'a' }))],
  ] as const)('an edit %s takes the access keys out of an older backup, which keeps its mode', async ([, chosen, edit]) => {
    await given('[default]\n');
    await given('[default]\naws_secret_access_key = fake\n', `${file}.sts-tray-backup`);
    await chmod(`${file}.sts-tray-backup`, 0o640);
    await editAwsFile(file, edit, chosen);
    expect(await readFile(`${file}.sts-tray-backup`, 'utf8')).toMatch(/^\[default\]\n#[^:=]*\n$/);
    expect(await modeOf(`${file}.sts-tray-backup`)).toBe(0o640);
    expect(await names()).toEqual(['config', 'config.sts-tray-backup']);
  });

  it('an edit leaves alone what a link in place of the backup leads to', async () => {
    await given('[default]\n');
    const elsewhere = join(home, 'elsewhere');
    await writeFile(elsewhere, 'aws_secret_access_key = fake\n');
    await symlink(elsewhere, `${file}.sts-tray-backup`);
    await editAwsFile(file, adding('[a]'), { ...options, backup: false });
    expect(await readFile(elsewhere, 'utf8')).toBe('aws_secret_access_key = fake\n');
  });

  it('an edit does not touch a file that stays as it is', async () => {
    await given('[a]\n');
    const before = await stat(file);
    expect(await editAwsFile(file, adding('[a]'), options)).toEqual(succeeded({ changed: false, backup: null }));
    expect(await stat(file)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    expect(await names()).toEqual(['config']);
  });

  it('an edit of a file keeps every byte that is no UTF-8, and a byte order mark', async () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x23, 0x83, 0x5c, 0xff, 0x0d, 0x0a]);
    await given(bytes);
    await editAwsFile(file, adding('[a]'), options);
    expect(await readFile(file)).toEqual(Buffer.concat([bytes, Buffer.from('[a]\n')]));
    expect(await editAwsFile(file, adding('[漢]'), options)).toEqual(failed(appError('aws-file-unwritable', { file, reason: 'EILSEQ' })));
  });
});

describe('a symbolic link', () => {
  it('a symbolic link stays one, at every step of a chain, also through another folder', async () => {
    await mkdir(join(home, 'dotfiles', 'aws'), { recursive: true });
    await writeFile(join(home, 'real'), '[default]\n');
    await symlink(join(home, 'dotfiles', 'aws'), join(home, '.aws'));
    await symlink('../next', file);
    await symlink('../real', join(home, 'dotfiles', 'next'));
    expect(await editAwsFile(file, adding('[a]'), options)).toEqual(succeeded({ changed: true, backup: `${file}.sts-tray-backup` }));
    expect(await readFile(join(home, 'real'), 'utf8')).toBe('[default]\n[a]\n');
    expect([await readlink(file), await readlink(join(home, 'dotfiles', 'next'))]).toEqual(['../next', '../real']);
    expect(await readFile(`${file}.sts-tray-backup`, 'utf8')).toBe('[default]\n');
  });

  it('a symbolic link to a file that does not exist yet makes that file', async () => {
    await mkdir(join(home, '.aws'));
    await symlink('../later/config', file);
    await editAwsFile(file, adding('[a]'), options);
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
    expect(await readFile(join(home, 'later', 'config'), 'utf8')).toBe('[a]\n');
  });

  it('a symbolic link that leads back to itself is refused', async () => {
    await mkdir(join(home, '.aws'));
    await symlink('config', file);
    expect(await editAwsFile(file, adding('[a]'), options)).toEqual(failed(appError('config-unreadable', { file, reason: 'ELOOP' })));
  });
});

describe('a refused edit of a file', () => {
  const editing = (path = file) => editAwsFile(path, adding('[a]'), options);
  const refusal = (code: ErrorCode, reason: string, path = file) => failed(appError(code, { file: path, reason }));

  it('an edit is refused, and nothing changed, when the file is a folder, a pipe, a device, or lies below a file', async () => {
    await mkdir(file, { recursive: true });
    expect(await editing()).toEqual(refusal('aws-file-unwritable', 'EISDIR'));
    const pipe = join(home, 'pipe');
    spawnSync('mkfifo', [pipe]);
    expect(await editing(pipe)).toEqual(refusal('aws-file-unwritable', 'EINVAL', pipe));
    expect(await editing('/dev/null')).toEqual(refusal('aws-file-unwritable', 'EINVAL', '/dev/null'));
    await writeFile(join(home, 'plain'), '');
    expect(await editing(join(home, 'plain', 'config'))).toEqual(refusal('config-unreadable', 'ENOTDIR', join(home, 'plain', 'config')));
  });

  it('an edit is refused, and nothing changed, when the file is no text that the AWS tools could read', async () => {
    await given(Buffer.from('[default]\n', 'utf16le'));
    expect(await editing()).toEqual(refusal('config-unreadable', 'EILSEQ'));
    expect(await names()).toEqual(['config']);
  });

  it.each([
    ['the user may not read it', 'config-unreadable', async () => chmod(file, 0o200)],
    ['the user may not write it', 'aws-file-unwritable', async () => chmod(file, 0o400)],
    ['the user may not write its folder', 'aws-file-unwritable', async () => chmod(join(home, '.aws'), 0o500)],
    ['it would become somebody else’s', 'aws-file-unwritable', async () => chown(file, 0, 0).then(() => chmod(file, 0o666))],
  ] as const)('an edit is refused, and nothing changed, when %s', async (name, code, restrict) => {
    if (!isRoot && name.startsWith('it would')) return;
    await given('[default]\n');
    if (isRoot) for (const path of [home, join(home, '.aws'), file]) await chown(path, 65_534, 65_534);
    await restrict();
    const [outcome] = await inChildren([`adding('[a]')`], isRoot ? { uid: 65_534, gid: 65_534 } : {});
    expect(JSON.parse(outcome ?? '')).toMatchObject({ ok: false, error: { code, params: { file, reason: expect.stringMatching(/^E(ACCES|PERM)$/) } } });
    await chmod(join(home, '.aws'), 0o700);
    expect(await names()).toEqual(['config']);
    await chmod(file, 0o600);
    expect(await readFile(file, 'utf8')).toBe('[default]\n');
  });
});

/** Runs each edit in a process of its own, all at once, and returns what each process printed. */
async function inChildren(edits: readonly string[], user: { uid?: number; gid?: number } = {}): Promise<readonly string[]> {
  const source = await bundled();
  const runs = edits.map(async (edit) => {
    const script = `${source}
      const { adding, block } = editsOfTests;
      editAwsFile(${JSON.stringify(file)}, ${edit}, ${JSON.stringify(options)}).then((outcome) => console.log(JSON.stringify(outcome)));`;
    const child = spawn(process.execPath, ['--input-type=module', '-'], { stdio: ['pipe', 'pipe', 'inherit'], cwd: '/', ...user });
    child.stdin.end(script);
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    await once(child, 'close');
    return output;
  });
  return Promise.all(runs);
}

let bundle: string | undefined;
/** The modules under test as one plain script, which a process without access to this folder can run. */
async function bundled(): Promise<string> {
  if (bundle) return bundle;
  const { build } = await import('vite');
  const entry = `
    export { editAwsFile } from ${JSON.stringify(join(import.meta.dirname, 'config-file.ts'))};
    import { withInstalledProfile } from ${JSON.stringify(join(import.meta.dirname, '../../core/aws-files/config-lines.ts'))};
    const ok = (value) => ({ ok: true, value });
    export const editsOfTests = {
      adding: (line) => (text) => ok(text.includes(line) ? text : text + line + '\\n'),
      block: (profile) => (text) => {
        const outcome = withInstalledProfile(text, { name: profile + '-sts', profile, body: ['credential_process = x ' + profile] });
        return ok(outcome === 'unchanged' ? text : outcome.text);
      },
    };`;
  const path = join(home, 'entry.js');
  await writeFile(path, entry);
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: path, write: false, minify: false, target: 'node20' },
  });
  const code = (built as { output: { code: string }[] }).output[0]?.code ?? '';
  bundle = code.replace(/export \{[^}]*\};?\s*$/, '');
  return bundle;
}

/**
 * Changes a setting as `aws configure` does: reads all lines, then writes them all in place. Prints
 * the numbers of the changes that were quick enough for `editAwsFile` to promise that they survive.
 */
const configureScript = (path: string, count: number, pauseMs: number) => `
  const fs = require('node:fs');
  let [number, quick] = [0, 0];
  const timer = setInterval(() => {
    const startedAt = performance.now();
    const text = fs.readFileSync(${JSON.stringify(path)}, 'utf8');
    const fd = fs.openSync(${JSON.stringify(path)}, 'w');
    fs.writeSync(fd, text.replace('[default]\\n', '[default]\\nforeign_' + number + ' = 1\\n'));
    fs.closeSync(fd);
    if (performance.now() - startedAt < 100) {
      console.log(number);
      quick += 1;
    }
    if ((number += 1) >= ${count} && quick > 0) clearInterval(timer);
  }, ${pauseMs});`;

describe('several writers of a file', () => {
  it('several writers lose nothing when they are in this process', async () => {
    await given('');
    await Promise.all(Array.from({ length: 10 }, (_, index) => editAwsFile(file, adding(`[block ${index}]`), options)));
    expect(await readFile(file, 'utf8')).toBe(Array.from({ length: 10 }, (_, index) => `[block ${index}]\n`).join(''));
  });

  it('several writers lose nothing when they are 20 processes, and another program writes the file in place meanwhile', { timeout: 120_000 }, async () => {
    const before = '# mine\n[default]\nregion = x\n';
    await given(before);
    const foreign = spawn(process.execPath, ['-e', configureScript(file, 5, 500)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let quick = '';
    foreign.stdout.on('data', (data: Buffer) => (quick += data.toString()));
    const ended = once(foreign, 'close');
    const outcomes = await inChildren(Array.from({ length: 20 }, (_, index) => `block('p${index}')`));
    await ended;
    expect(outcomes.filter((outcome) => !(JSON.parse(outcome) as { ok: boolean }).ok)).toEqual([]);
    expect(outcomes).toHaveLength(20);
    let text = await readFile(file, 'utf8');
    expect(quick).not.toBe('');
    for (const number of quick.trim().split('\n')) expect(text.split(`\nforeign_${number} = 1\n`)).toHaveLength(2);
    for (let index = 0; index < 20; index += 1) {
      expect(text.split(`[profile p${index}-sts]`)).toHaveLength(2);
      const outcome = withoutInstalledProfile(text, `p${index}-sts`);
      text = outcome === 'none' ? 'lost' : outcome.text;
    }
    expect(text.replaceAll(/^foreign_\d+ = 1\n/gm, '')).toBe(before);
    expect(await names()).toEqual(['config', 'config.sts-tray-backup']);
  });

  it('several writers lose nothing when one of them opened the file before the edit and writes right after it', async () => {
    await given('[default]\n');
    const replaced = (await stat(file)).ino;
    const foreign = await open(file, 'a');
    const edited = editAwsFile(file, adding('[a]'), options);
    while ((await stat(file)).ino === replaced) await sleep(1);
    await foreign.write('late = 1\n');
    await foreign.close();
    expect(await edited).toMatchObject({ ok: true, value: { changed: true } });
    expect(await readFile(file, 'utf8')).toBe('[default]\nlate = 1\n[a]\n');
  });

  it('several writers lose nothing when one of them had read the file before the edit and overwrites it right after', async () => {
    await given('[default]\n');
    const { ino } = await stat(file);
    const edited = editAwsFile(file, adding('[a]'), options);
    while ((await stat(file)).ino === ino) await sleep(1);
    await writeFile(file, '[default]\nstale = 1\n');
    await edited;
    expect(await readFile(file, 'utf8')).toBe('[default]\nstale = 1\n[a]\n');
  });

  it('several writers lose nothing except to one that does not let go of the file, which is said', { timeout: 20_000 }, async () => {
    await given('[default]\n');
    // At once, so that however busy the machine is, it has written again when the edit looks again.
    const busy = setInterval(() => appendFileSync(file, 'x = 1\n'), 20);
    const outcome = await editAwsFile(file, adding('[a]'), options);
    clearInterval(busy);
    expect(outcome).toEqual(failed(appError('aws-file-changing', { file })));
    expect(await names()).toEqual(['config']);
  });
});

it('an installed entry is removed without a trace from a file with a byte order mark and Windows line ends', async () => {
  const text = '\uFEFF# mine\r\n[default]\r\nregion = x';
  await given(text);
  const entry = { name: 'default-sts', profile: 'default', body: ['credential_process = x'] };
  await editAwsFile(
    file,
    (before) => {
      const outcome = withInstalledProfile(before, entry);
      return succeeded(typeof outcome === 'string' ? before : outcome.text);
    },
    options,
  );
  await editAwsFile(
    file,
    (before) => {
      const outcome = withoutInstalledProfile(before, entry.name);
      return succeeded(outcome === 'none' ? before : outcome.text);
    },
    options,
  );
  expect(await readFile(file, 'utf8')).toBe(text);
});
