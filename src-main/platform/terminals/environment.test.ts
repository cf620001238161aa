import { describe, expect, it } from 'vitest';
import { staleVariables } from '../../core/hand-offs/stale-variables.ts';
import { terminalEnvironment } from './environment.ts';

describe('the environment of a terminal', () => {
  it('the environment of a terminal is that of the app without AWS credentials and without what Electron adds', () => {
    const env = {
      ...Object.fromEntries(staleVariables.map((name) => [name, 'stale'])),
      PATH: '/usr/bin',
      DISPLAY: ':0',
      AWS_CONFIG_FILE: '/etc/aws',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:5000',
      AWS_REGION: 'eu-west-1',
      UNSET: undefined,
      CHROME_DESKTOP: 'sts-tray.desktop',
      ELECTRON_RUN_AS_NODE: '1',
      APPIMAGE: '/home/ann/sts-tray.AppImage',
      APPDIR: '/tmp/.mount_sts',
      GDK_BACKEND: 'x11',
      NO_AT_BRIDGE: '1',
      XDG_CURRENT_DESKTOP: 'Unity',
      ORIGINAL_XDG_CURRENT_DESKTOP: 'ubuntu:GNOME',
    };
    expect(terminalEnvironment(env, 'linux')).toEqual({
      PATH: '/usr/bin',
      DISPLAY: ':0',
      AWS_CONFIG_FILE: '/etc/aws',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:5000',
      AWS_REGION: 'eu-west-1',
      XDG_CURRENT_DESKTOP: 'ubuntu:GNOME',
    });
  });

  it('the environment of a terminal has no desktop made up where there was none', () => {
    expect(terminalEnvironment({ ORIGINAL_XDG_CURRENT_DESKTOP: 'undefined' }, 'linux')).toEqual({});
  });

  it('the environment of a terminal finds the names in any case on Windows, and as they are elsewhere', () => {
    const env = { aws_profile: 'stale', Path: 'C:\\Windows' };
    expect(terminalEnvironment(env, 'win32')).toEqual({ Path: 'C:\\Windows' });
    expect(terminalEnvironment(env, 'linux')).toEqual(env);
  });
});
