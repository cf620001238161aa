import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unofficialRuntime } from './runtime-origin.ts';

let appPath: string;
beforeEach(async () => {
  appPath = await mkdtemp(join(tmpdir(), 'runtime-'));
  await mkdir(join(appPath, '.runtime'));
});
afterEach(() => rm(appPath, { recursive: true }));

const chosen = (text: string) => writeFile(join(appPath, '.runtime', 'electron.json'), text);
const manifest = (text: string) => writeFile(join(appPath, 'package.json'), text);
const found = (isPackaged: boolean) => unofficialRuntime({ appPath, isPackaged, version: '33.2.1' });

describe('the runtime', () => {
  it('the runtime is told with its version where set-up took the fallback', async () => {
    await chosen('{"kind":"fallback","version":"33.2.1"}');
    expect(found(false)).toBe('33.2.1');
  });

  it('the runtime is not told where set-up took the official one, or noted nothing that can be read', async () => {
    expect(found(false)).toBeNull();
    await chosen('{"kind":"official","version":"45.4.1"}');
    expect(found(false)).toBeNull();
    await chosen('{"kind":');
    expect(found(false)).toBeNull();
    await chosen('null');
    expect(found(false)).toBeNull();
  });

  it('the runtime of a package is told where the package was made with the fallback, whatever folder it lies in', async () => {
    await chosen('{"kind":"fallback"}');
    await manifest('{"name":"sts-tray"}');
    expect(found(true)).toBeNull();
    await manifest('{"name":"sts-tray","runtime":"fallback"}');
    expect(found(true)).toBe('33.2.1');
  });
});
