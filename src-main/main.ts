import { app } from 'electron';
import { startApp } from './app.ts';
import { registerAppScheme } from './platform/app-protocol.ts';
import { hardenApp } from './platform/hardening.ts';
import { readLaunchOptions } from './platform/launch-options.ts';

const options = readLaunchOptions(process.argv, process.env);

hardenApp();
registerAppScheme();
app.setPath('userData', options.userDataDir ?? app.getPath('userData'));

// A second start hands over to the first, which shows its panel; see `second-instance` in app.ts.
if (app.requestSingleInstanceLock()) void app.whenReady().then(() => startApp(options));
else app.quit();
