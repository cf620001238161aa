#!/usr/bin/env node
// npm run test:desktops: the everyday use of the app on each desktop that Debian has, as an ordinary user with
// Chromium's sandbox on. As root it installs what is missing and makes a user for the run. --sample is XFCE with what
// the other tests have installed already.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { desktops } from './packages.mjs';
import { bringBack, withOrdinaryUser } from './ordinary-user.mjs';
import { root } from '../setup/checkout.mjs';
import { show } from '../setup/child-process.mjs';
import { environmentFor } from '../setup/electron-runtime.mjs';
import { setUp } from '../setup/set-up.mjs';
import { SetupError, tellFailure } from '../setup/setup-error.mjs';
import { provideDesktops } from '../setup/system-packages.mjs';

const usage = `npm run test:desktops [-- --only ${Object.keys(desktops).join(',')}] [-- --user NAME], or -- --sample`;
const pictures = join('test-results', 'desktops');

try {
  const { values } = parseArgs({ options: { only: { type: 'string' }, user: { type: 'string', default: 'sts-tray-desktops' }, sample: { type: 'boolean' } } });
  if (values.sample && values.only !== undefined) throw new SetupError('--sample is a desktop already: leave --only out.');
  const chosen = values.sample ? ['xfce'] : (values.only?.split(',') ?? Object.keys(desktops));
  const unknown = chosen.filter((name) => !(name in desktops));
  if (unknown.length > 0) throw new SetupError(`There is no desktop called ${unknown.join(', ')}: say ${Object.keys(desktops).join(', ')}.`);
  if (process.platform !== 'linux') throw new SetupError('These desktops are those of Linux: run this on Debian or Ubuntu.');
  const say = (line) => console.error(line);
  const runtime = await setUp('test');
  if (!values.sample) await provideDesktops({ packages: chosen.flatMap((name) => desktops[name].packages), say });
  await rm(join(root, pictures), { recursive: true, force: true });
  const args = ['node_modules/.bin/playwright', 'test', '-c', 'e2e/desktops/playwright.config.ts', ...chosen.map((name) => `desktops/${name}\\.spec`)];
  if (process.getuid() === 0) {
    process.exitCode = await withOrdinaryUser({ name: values.user, runtime, say }, async ({ checkout, run }) => {
      const code = await run(process.execPath, args, {});
      await bringBack(checkout, pictures);
      return code;
    });
  } else {
    process.exitCode = await show(process.execPath, args, { env: environmentFor(runtime) });
  }
  console.log(`The pictures are in ${pictures}.`);
} catch (error) {
  process.exitCode = tellFailure(error, usage);
}
