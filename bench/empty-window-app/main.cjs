// What every Electron app's window costs: a page of one line, with a preload script and in the sandbox. The benchmark compares
// the windows of STS Tray with it. Opens one as large as is asked for, `WIDTH HEIGHT`, at the Unix socket EMPTY_WINDOW_SOCKET.
const { app, BrowserWindow } = require('electron');
const { createServer } = require('node:net');
const path = require('node:path');

// It has no window most of the time.
app.on('window-all-closed', () => {});

function open(width, height) {
  const webPreferences = { preload: path.join(__dirname, 'preload.cjs'), sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false };
  const window = new BrowserWindow({ width, height, useContentSize: true, show: false, autoHideMenuBar: true, webPreferences });
  window.removeMenu();
  window.once('ready-to-show', () => window.show());
  void window.loadFile(path.join(__dirname, 'index.html'));
}

void app.whenReady().then(() => {
  const server = createServer((socket) => socket.once('data', (text) => open(...text.toString().split(' ').map(Number))));
  server.listen(process.env.EMPTY_WINDOW_SOCKET);
});
