import { describe, expect, it } from 'vitest';
import { apiAddress, type ApiPlace } from './api-address.ts';

const linux: ApiPlace = { platform: 'linux', env: {}, userDataDir: null, homedir: '/home/ann' };

describe('the address of the local API', () => {
  it('the address of the local API is in the folder that --user-data-dir names, whatever the environment says', () => {
    const place = { ...linux, env: { XDG_RUNTIME_DIR: '/run/user/1000' }, userDataDir: '/data/two' };
    expect(apiAddress(place)).toBe('/data/two/run/api.sock');
    expect(apiAddress({ ...place, platform: 'darwin' })).toBe('/data/two/run/api.sock');
  });

  it('the address of the local API is in the runtime directory of the user where the system has one', () => {
    expect(apiAddress({ ...linux, env: { XDG_RUNTIME_DIR: '/run/user/1000' } })).toBe('/run/user/1000/sts-tray/api.sock');
  });

  it.each([undefined, '', 'run/user/1000'])("the address of the local API is in the app's own folder where the runtime directory is %o", (runtime) => {
    const env = runtime === undefined ? {} : { XDG_RUNTIME_DIR: runtime };
    expect(apiAddress({ ...linux, env })).toBe('/home/ann/.config/STS Tray/run/api.sock');
    expect(apiAddress({ ...linux, env: { ...env, XDG_CONFIG_HOME: '/cfg' } })).toBe('/cfg/STS Tray/run/api.sock');
    expect(apiAddress({ ...linux, env: { ...env, XDG_CONFIG_HOME: '' } })).toBe('/home/ann/.config/STS Tray/run/api.sock');
  });

  it('the address of the local API is in Application Support on macOS', () => {
    expect(apiAddress({ ...linux, platform: 'darwin', homedir: '/Users/ann' })).toBe('/Users/ann/Library/Application Support/STS Tray/run/api.sock');
  });

  it('the address of the local API is a pipe on Windows, one for each folder, whatever case its path is written in', () => {
    const windows: ApiPlace = {
      platform: 'win32',
      env: { APPDATA: 'C:\\Users\\ann\\AppData\\Roaming' },
      userDataDir: null,
      homedir: 'C:\\Users\\ann',
    };
    const pipe = apiAddress(windows);
    expect(pipe).toMatch(/^\\\\\.\\pipe\\sts-tray-[0-9a-f]{16}$/);
    expect(apiAddress({ ...windows, env: {} })).toBe(pipe);
    expect(apiAddress({ ...windows, userDataDir: 'c:\\users\\ANN\\appdata\\roaming\\sts tray' })).toBe(pipe);
    expect(apiAddress({ ...windows, userDataDir: 'D:\\other' })).not.toBe(pipe);
  });
});
