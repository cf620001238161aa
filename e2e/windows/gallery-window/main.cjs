// A browser for the gallery: the same one that shows the app's windows.
const { app, BrowserWindow } = require('electron');

void app.whenReady().then(() => new BrowserWindow({ width: 520, height: 680, useContentSize: true }).loadURL('about:blank'));
