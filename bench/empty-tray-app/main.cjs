// What every Electron tray app costs: an icon, and a menu that quits. The benchmark compares STS Tray with it.
const { app, Menu, Tray } = require('electron');
const path = require('node:path');

void app.whenReady().then(() => {
  const tray = new Tray(path.join(__dirname, '../../assets/tray/tray-none-light.png'));
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]));
  // Without this reference the icon would be garbage-collected.
  app.tray = tray;
});
