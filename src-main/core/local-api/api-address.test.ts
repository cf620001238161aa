import { describe, expect, it } from 'vitest';
import { apiAddress, otherAddresses, type ApiPlace } from './api-address.ts';

const linux: ApiPlace = { platform: 'linux', env: {}, userDataDir: null, homedir: '/home/ann' };

const socket = (path: string) => ({ kind: 'socket', path });

describe('the address of the local API', () => {
  it('the address of the local API is in the folder that --user-data-dir names, whatever the environment says', () => {
    const place = { ...linux, env: { XDG_RUNTIME_DIR: '/run/user/1000' }, userDataDir: '/data/two' };
    expect(apiAddress(place)).toEqual(socket('/data/two/run/api.sock'));
    expect(apiAddress({ ...place, platform: 'darwin' })).toEqual(socket('/data/two/run/api.sock'));
  });

  it('the address of the local API is in the runtime directory of the user where the system has one', () => {
    expect(apiAddress({ ...linux, env: { XDG_RUNTIME_DIR: '/run/user/1000' } })).toEqual(socket('/run/user/1000/sts-tray/api.sock'));
  });

  it.each([undefined, '', 'run/user/1000'])("the address of the local API is in the app's own folder where the runtime directory is %o", (runtime) => {
    const env = runtime === undefined ? {} : { XDG_RUNTIME_DIR: runtime };
    expect(apiAddress({ ...linux, env })).toEqual(socket('/home/ann/.config/STS Tray/run/api.sock'));
    expect(apiAddress({ ...linux, env: { ...env, XDG_CONFIG_HOME: '/cfg' } })).toEqual(socket('/cfg/STS Tray/run/api.sock'));
    expect(apiAddress({ ...linux, env: { ...env, XDG_CONFIG_HOME: '' } })).toEqual(socket('/home/ann/.config/STS Tray/run/api.sock'));
  });

  it('the address of the local API is in Application Support on macOS', () => {
    expect(apiAddress({ ...linux, platform: 'darwin', homedir: '/Users/ann' })).toEqual(socket('/Users/ann/Library/Application Support/STS Tray/run/api.sock'));
  });

  it("the address of the local API on Windows is told by a file in the app's own folder, as a pipe that nobody can guess", () => {
    const windows: ApiPlace = { platform: 'win32', env: { APPDATA: 'C:\\Users\\ann\\AppData\\Roaming' }, userDataDir: null, homedir: 'C:\\Users\\ann' };
    const file = 'C:\\Users\\ann\\AppData\\Roaming\\STS Tray\\run\\api.json';
    expect(apiAddress(windows)).toEqual({ kind: 'announced', file, prefix: '\\\\.\\pipe\\sts-tray-' });
    expect(apiAddress({ ...windows, env: {} })).toMatchObject({ file });
    expect(apiAddress({ ...windows, userDataDir: 'D:\\other' })).toMatchObject({ file: 'D:\\other\\run\\api.json' });
  });
});

describe('an app in another environment than its command', () => {
  const others = (place: Partial<ApiPlace>, runtimeFolder: string | null = '/run/user/7') =>
    otherAddresses({ ...linux, ...place }, runtimeFolder).map((address) => address.kind === 'socket' && address.path);

  it('an app in another environment than its command is looked for where the system makes runtime folders, and in its own folder', () => {
    expect(others({ env: {} })).toEqual(['/run/user/7/sts-tray/api.sock']);
    expect(others({ env: { XDG_RUNTIME_DIR: '/run/user/7' } })).toEqual(['/home/ann/.config/STS Tray/run/api.sock']);
    expect(others({ env: { XDG_RUNTIME_DIR: '/elsewhere' } })).toEqual(['/run/user/7/sts-tray/api.sock', '/home/ann/.config/STS Tray/run/api.sock']);
    expect(others({ env: {} }, null)).toEqual([]);
  });

  it('an app in another environment than its command is looked for nowhere else where its folder is named, or the system has no such folders', () => {
    expect(others({ env: {}, userDataDir: '/data/two' })).toEqual([]);
    expect(others({ env: {}, platform: 'darwin' })).toEqual([]);
  });
});
