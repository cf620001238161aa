import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Crowded } from '../../testing/samples/crowded-disk.ts';
import { errorSentences } from '../core/texts/translate.ts';
import { shippedTexts } from '../../testing/texts/shipped-texts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/**
 * A file system of two megabytes, which only this process and its children see, and which goes with them. It needs no
 * rights where users may make namespaces of their own, as most systems let them.
 */
const onSmallDisk = ['unshare', '-rm', 'sh', '-c', 'mount -t tmpfs -o size=2m none "$0" && exec "$@"'] as const;
const mayMount = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m none /tmp']).status === 0;

/** Where nothing may be mounted, the process limits the size of what it writes: no file can be written then either. */
function crowded(way: 'disk' | 'read-only' | 'limit'): Crowded {
  const run = [process.execPath, '--import', 'tsx', join(import.meta.dirname, '../../testing/samples/crowded-disk.ts'), folder, way];
  const [program = '', ...args] = way !== 'limit' ? [...onSmallDisk, folder, ...run] : run;
  // The store of the settings loads Electron's package, which outside of Electron only says where its program is.
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' };
  const ran = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env });
  if (ran.status !== 0) throw new Error(`${String(ran.signal)} ${ran.stderr.slice(-500)}`);
  return JSON.parse(ran.stdout) as Crowded;
}

const ways: readonly (readonly [what: string, way: 'disk' | 'read-only' | 'limit', reason: string])[] = [
  ['is full', mayMount ? 'disk' : 'limit', mayMount ? 'ENOSPC' : 'EFBIG'],
  ['becomes read-only', mayMount ? 'read-only' : 'limit', mayMount ? 'EROFS' : 'EFBIG'],
  ['takes no larger files', 'limit', 'EFBIG'],
];

describe.runIf(process.platform === 'linux')('a disk', () => {
  it.for(ways)(
    'a disk that %s leaves settings, ledger, vaults and AWS files as they were, is told of, and is written to as soon as it may be',
    ([, way, reason]) => {
      const { without, kept, again, againMs, ledger, found } = crowded(way);
      const codes = Object.entries(without).map(([name, error]) => [name, error?.code, error?.params['reason']]);
      expect(codes).toEqual([
        ['settings', 'settings-unwritable', reason],
        ['new settings', 'settings-unwritable', reason],
        ['sessions', 'vault-unwritable', reason],
        ['access keys', 'vault-unwritable', reason],
        ['config', 'aws-file-unwritable', reason],
      ]);
      for (const error of Object.values(without)) {
        for (const language of ['en', 'ja'] as const) expect(error && errorSentences(shippedTexts[language], error)).toContain(reason);
      }
      expect(Object.keys(kept.before)).toEqual(['aws/config', 'aws/config.sts-tray-backup', 'used/settings.json', 'vault/access-keys', 'vault/sessions']);
      expect(kept.after).toEqual(kept.before);
      expect(again).toEqual({ settings: null, 'new settings': null, sessions: null, 'access keys': null, config: null });
      expect(againMs).toBeLessThan(5000);
      expect(found).toEqual({ settings: 13, 'new settings': 13, sessions: ['ASIA-3'], 'access keys': 'AKIA3', config: ['[profile 1]', '[profile 3]'] });
      // Those before, those that a page still had room for, and those after.
      expect(ledger.told).toBeGreaterThanOrEqual(10);
      expect(ledger.found).toBe(ledger.told);
    },
  );
});
