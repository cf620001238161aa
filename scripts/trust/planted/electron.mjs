import { change } from './change.mjs';

const everyWindowsCommands = [change('src-main/core/desktop/window-command.ts', 'viewCommands[view].find(', 'Object.values(viewCommands).flat().find(')];
const anyPermission = [
  change('src-main/platform/windows/hardening.ts', 'answer(false)', 'answer(true)'),
  change('src-main/platform/windows/hardening.ts', 'setPermissionCheckHandler(() => false)', 'setPermissionCheckHandler(() => true)'),
];
const webRtcToAnybody = [change('src-main/platform/windows/hardening.ts', "    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');\n", '')];
const junkIsTaken = [
  change(
    'src-main/core/desktop/window-command.ts',
    'return { ok: false, refusal: `refused: not a request that ${known} takes` }',
    'return { ok: true, command: { name: known, request } as Command }',
  ),
];
const fuse = (name) => [change('electron-builder.yml', `${name}: false`, `${name}: true`)];

/** @type {Readonly<Record<string, import('../planting.mjs').PlantedFault>>} */
export const ofElectron = {
  'a preference, a switch or an attribute that loosens what Chromium and Electron guard by default, such as `webSecurity`': [
    change(
      'src-main/platform/windows/hardening.ts',
      "appendSwitch('host-resolver-rules',",
      "appendSwitch('disable-web-security');\n  app.commandLine.appendSwitch('host-resolver-rules',",
    ),
  ],
  'a window with preferences of its own, and a second way out to the browser or the pages': [
    change('src-main/platform/windows/windows.ts', 'webPreferences: webPreferences({', 'webPreferences: { ...webPreferences({'),
    change('src-main/platform/windows/windows.ts', 'isPackaged: app.isPackaged })', 'isPackaged: app.isPackaged }) }'),
  ],
  'a `<webview>` that a script of somebody else makes': [change('src-main/platform/windows/web-preferences.ts', 'webviewTag: false', 'webviewTag: true')],
  'a page that asks for Node or the network': [
    change('src-renderer/index.html', "connect-src 'self'", 'connect-src *'),
    change('src-main/platform/windows/content-security-policy.ts', `"default-src 'none'",`, `"default-src 'none'",\n  'connect-src *',`),
    change('src-main/platform/windows/hardening.ts', "cancel: !isAppUrl(url) && !url.startsWith('devtools:')", 'cancel: isAppUrl(url) && url === ""'),
  ],
  'a package with a fuse blown wrong': fuse('grantFileProtocolExtraPrivileges'),
  '`ELECTRON_RUN_AS_NODE`, `NODE_OPTIONS`, `--inspect`, SIGUSR1': fuse('runAsNode'),
  '`--remote-debugging-port`': [change('src-main/platform/windows/hardening.ts', 'refused === undefined) return;', 'refused !== null) return;')],
  'an inspector’s port': fuse('enableNodeCliInspectArguments'),
  'a page that navigates, in its frames too': [
    change('src-main/platform/windows/hardening.ts', "contents.on('will-navigate', (event) => event.preventDefault());", ''),
    change('src-main/platform/windows/hardening.ts', "contents.on('will-frame-navigate', (event) => event.preventDefault());", ''),
  ],

  'the panel: a script of somebody else asks for camera, place, files, devices, windows, workers, Node': anyPermission,
  'the panel: it sends commands of other windows, and malformed ones of its own, with its prototypes spoilt': everyWindowsCommands,
  'the panel: it sends by every way that a page has, WebRTC among them, and navigates, also by dropped files': webRtcToAnybody,
  'the prompt: a script of somebody else asks for camera, place, files, devices, windows, workers, Node': anyPermission,
  'the prompt: it sends commands of other windows, and malformed ones of its own, with its prototypes spoilt': everyWindowsCommands,
  'the prompt: it sends by every way that a page has, WebRTC among them, and navigates, also by dropped files': webRtcToAnybody,
  'the question: a script of somebody else asks for camera, place, files, devices, windows, workers, Node': anyPermission,
  'the question: it sends commands of other windows, and malformed ones of its own, with its prototypes spoilt': everyWindowsCommands,
  'the question: it sends by every way that a page has, WebRTC among them, and navigates, also by dropped files': webRtcToAnybody,
  'the settings: a script of somebody else asks for camera, place, files, devices, windows, workers, Node': anyPermission,
  'the settings: it sends commands of other windows, and malformed ones of its own, with its prototypes spoilt': everyWindowsCommands,
  'the settings: it sends by every way that a page has, WebRTC among them, and navigates, also by dropped files': webRtcToAnybody,
  'paths with `..` in the app’s own scheme, plain and encoded': [
    change(
      'src-main/platform/windows/app-protocol.ts',
      'normalize(decodeURIComponent(new URL(request.url).pathname))',
      'decodeURIComponent(new URL(request.url).pathname)',
    ),
    change('src-main/platform/windows/app-protocol.ts', '!file.startsWith(folder + sep) || ', ''),
  ],
  'a page of another origin in a window of the app': [change('src-main/platform/windows/ipc.ts', ' && isAppUrl(senderFrame.url)', '')],
  'whatever a page sends as a command': junkIsTaken,
  'a command with one value exchanged, or one too many': junkIsTaken,
  'a window whose process crashes': [change('src-main/platform/windows/windows.ts', "reason !== 'clean-exit'", "reason === 'clean-exit'")],
};
