import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { demoOnOwnDesktop } from './own-desktop.ts';
import { demoOnYourDesktop } from './your-desktop.ts';

// npm run demo: with a display, opens the app for you to try on a local AWS. Without one, does the whole job
// alone on a desktop of its own, and takes pictures. The first argument is the folder for the pictures. With --sign-in
// nobody has an access key: a person signs in with the browser.

const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
const { values, positionals } = parseArgs({ options: { 'sign-in': { type: 'boolean', default: false } }, allowPositionals: true });
const signIn = values['sign-in'];
const [pictures] = positionals;

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
  await (hasDisplay ? demoOnYourDesktop(stop.signal, { signIn }) : demoOnOwnDesktop(stop.signal, { signIn, pictures }));
} catch (error) {
  if (!stop.signal.aborted) {
    console.error(error instanceof Error ? error.message : error);
    exitCode = 1;
  }
}
if (stop.signal.aborted) console.log('\nStopped; everything that the demo started is closed.');
// Whatever an aborted step was still waiting for would keep this process alive.
process.exit(exitCode);
