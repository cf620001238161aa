// A browser for the gallery: the one that the windows of the app are shown by.
const { app, BrowserWindow } = require('electron');

void app.whenReady().then(() => new BrowserWindow({ width: 520, height: 680, useContentSize: true }).loadURL('about:blank'));
