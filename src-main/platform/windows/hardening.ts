import { app, session } from 'electron';
import { refuseUsualMenu } from './app-menu-bar.ts';
import { isAppUrl } from './app-protocol.ts';

/**
 * Keeps every window, whatever it loads, from leaving the app's own pages and from opening others.
 * `hardenSession` also keeps it from asking for a permission and from reaching the network (Electron
 * documentation, "Security"). Call before `ready`.
 */
export function hardenApp(): void {
  refuseRemoteDebugging();
  refuseUsualMenu();
  // Chromium looks names up for a page even where it may load nothing. The app's own calls go by Node, which does not heed this.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  // Root needs --no-sandbox in a checkout, and with it this call would keep the renderers from starting; see bin/sts-tray.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}

/**
 * Hardens the Electron session that all windows share. Call after `ready` and before the first window:
 * creating the session only then keeps the start quick, and an app without windows small.
 */
export function hardenSession(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  // WebRTC asks neither the content security policy nor `onBeforeRequest`. With its policy above, it reaches others by
  // this proxy alone, and there is none: no name is found.
  void session.defaultSession.setProxy({ mode: 'fixed_servers', proxyRules: 'http://nowhere.invalid:9', proxyBypassRules: '<-loopback>' });
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAppUrl(url) && !url.startsWith('devtools:') }));
}

/**
 * Chromium's own switches for debugging open the windows to other programs, and no fuse turns them
 * off. In a checkout they stay, for developers and for Playwright.
 */
function refuseRemoteDebugging(): void {
  const refused = ['remote-debugging-port', 'remote-debugging-pipe'].find((name) => app.commandLine.hasSwitch(name));
  if (!app.isPackaged || refused === undefined) return;
  process.stderr.write(`sts-tray: --${refused} would open this app to other programs, so it does not start. Leave it out.\n`);
  app.exit(1);
}
