// What every Electron tray app costs: the icon and a menu that quits. The bench compares STS Tray with it.
const { app, Menu, Tray } = require('electron');
const path = require('node:path');

void app.whenReady().then(() => {
  const tray = new Tray(path.join(__dirname, '../../assets/tray/tray-none-light.png'));
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]));
  // Else the icon would go with the collected object.
  app.tray = tray;
});
