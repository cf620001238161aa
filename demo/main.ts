import { constants } from 'node:os';
import { demoOnOwnDesktop } from './own-desktop.ts';
import { demoOnYourDesktop } from './your-desktop.ts';

// npm run demo: with a display, opens the app for you to try on a local AWS. Without one, does the whole job
// alone on a desktop of its own, and takes pictures. The first argument is the folder for the pictures.

const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
const [pictures] = process.argv.slice(2);

const stop = new AbortController();
let exitCode = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Ctrl-C arrives more than once: from the terminal, and again from what started this.
  process.on(signal, () => {
    exitCode = 128 + constants.signals[signal];
    stop.abort();
  });
}

try {
  if (pictures !== undefined && hasDisplay) console.log('Pictures are taken only where there is no display.');
  await (hasDisplay ? demoOnYourDesktop(stop.signal) : demoOnOwnDesktop(stop.signal, pictures));
} catch (error) {
  if (!stop.signal.aborted) {
    console.error(error instanceof Error ? error.message : error);
    exitCode = 1;
  }
}
if (stop.signal.aborted) console.log('\nStopped; everything that the demo started is closed.');
// Whatever an aborted step was still waiting for would keep this process alive.
process.exit(exitCode);
