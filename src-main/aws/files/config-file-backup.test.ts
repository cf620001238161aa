import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { editAwsFile, type EditOptions } from './config-file.ts';

let home: string;
let file: string;
const options: EditOptions = { backup: true, mode: 0o600 };
/** Some machines let nobody have mounts of their own. */
const mayMount = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m none /tmp']).status === 0;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'aws-backup-'));
  file = join(home, '.aws', 'config');
  await mkdir(join(home, '.aws'));
  await writeFile(file, '[default]\n');
});
afterEach(() => rm(home, { recursive: true }));

/** An edit that adds a line at the end, unless the file has it already. */
const adding = (line: string) => (text: string) => succeeded(text.includes(line) ? text : `${text}${line}\n`);
const names = async () => (await readdir(join(home, '.aws'))).sort();

describe('the backup of an edit that fails', () => {
  it('an edit that finds a folder in the place of its backup fails and changes nothing', async () => {
    await mkdir(join(`${file}.sts-tray-backup`, 'theirs'), { recursive: true });
    const refused = await editAwsFile(file, adding('[a]'), options);
    expect(refused.ok ? null : refused.error.code).toBe('aws-file-unwritable');
    expect(await readFile(file, 'utf8')).toBe('[default]\n');
    expect(await names()).toEqual(['config', 'config.sts-tray-backup']);
  });

  it.each(mayMount ? ['mounted as a single file', 'in a folder'] : ['in a folder'])(
    'an edit of a file that is %s either is done or says why not, and leaves the backup of an earlier one where it fails',
    async (where) => {
      await editAwsFile(file, adding('[a]'), options);
      const sample = [process.execPath, '--import', 'tsx', join(import.meta.dirname, '../../../testing/samples/mounted-file.ts'), file];
      const [program = '', ...args] = where === 'in a folder' ? sample : ['unshare', '-rm', ...sample];
      // Without rights to mount, the sample edits the file where it is.
      const ran = spawnSync(program, args, { encoding: 'utf8', env: where === 'in a folder' ? { ...process.env, PATH: '' } : process.env });
      const backup = `${file}.sts-tray-backup`;
      const isMounted = where !== 'in a folder';
      expect(JSON.parse(ran.stdout)).toEqual(isMounted ? failed(appError('aws-file-mounted', { file })) : succeeded({ changed: true, backup }));
      expect(await readFile(backup, 'utf8')).toBe(isMounted ? '[default]\n' : '[default]\n[a]\n');
      expect(await readFile(file, 'utf8')).toBe(isMounted ? '[default]\n[a]\n' : '[default]\n[a]\n[profile b]\n');
      expect(await names()).toEqual(['config', 'config.sts-tray-backup']);
    },
  );
});
