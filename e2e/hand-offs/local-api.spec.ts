import { chmodSync, existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'playwright/test';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { listeningPorts, PackagedApp } from '../../testing/app/packaged-app.ts';
import { checkout, electronExecutable, sandboxArguments, type RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The local API as others see it: programs of the same user, web pages, other users, the network.

const missing = ['curl', 'setpriv'].filter((program) => findProgram(program) === null);
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  // As if some other program had left it open to everybody.
  await mkdir(dirname(socket()), { recursive: true });
  chmodSync(dirname(socket()), 0o777);
  app = await rig.startApp();
  // The icon comes first. Up to then the command line uses no socket there.
  await expect.poll(() => existsSync(socket())).toBe(true);
  await login(rig, 'default');
});
test.afterAll(() => rig.close());

const socket = () => join(rig.dataFolder, 'run', 'api.sock');
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
const curl = (...args: string[]) => [
  'curl',
  '-q',
  '--silent',
  '--unix-socket',
  socket(),
  '--get',
  '--data',
  'profile=default',
  '--write-out',
  '\n%{http_code}',
  ...args,
  'http://localhost/v1/credential-process',
];

async function run([program = '', ...args]: readonly string[]) {
  return runProgram(program, args, { env: rig.env });
}

test('the local API’s socket is for its owner alone, and the rights of others on its folder are taken away', () => {
  expect(mode(socket())).toBe('600');
  expect(mode(dirname(socket()))).toBe('700');
});

test('a program of the same user gets the session from the local API', async () => {
  const { stdout } = await run(curl());
  expect(stdout).toContain('"AccountId":"111111111111"');
  expect(stdout.endsWith('\n200')).toBe(true);
});

test('another user cannot connect to the local API', async () => {
  test.skip(process.getuid?.() !== 0, 'only root can run a program as another user');
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  for (const folder of [dirname(rig.dataFolder), rig.dataFolder]) chmodSync(folder, 0o711);
  // They get this far, and no further.
  expect(await run([...asNobody, 'test', '-x', rig.dataFolder])).toMatchObject({ exitCode: 0 });
  expect(await run([...asNobody, ...curl()])).toMatchObject({ exitCode: 7, stdout: '\n000' });
  // The socket itself does not let them in either.
  chmodSync(dirname(socket()), 0o711);
  expect(await run([...asNobody, 'test', '-S', socket()])).toMatchObject({ exitCode: 0 });
  expect(await run([...asNobody, ...curl()])).toMatchObject({ exitCode: 7, stdout: '\n000' });
  chmodSync(dirname(socket()), 0o700);
});

test('a web page is refused by the local API, whatever it says its origin is', async () => {
  for (const origin of ['https://example.com', 'null', 'http://localhost']) {
    const { stdout } = await run(curl('--header', `Origin: ${origin}`));
    expect(stdout).toMatch(/\n4\d\d$/);
    expect(stdout).not.toContain('SecretAccessKey');
  }
});

test('nothing of the app listens on the network', async () => {
  // Started without Playwright, which reaches an app through a port.
  const dataFolder = join(rig.home, 'data');
  const alone = await PackagedApp.start(electronExecutable(), {
    args: [...sandboxArguments(), checkout, `--user-data-dir=${dataFolder}`, '--hidden'],
    env: rig.env,
  });
  try {
    await expect.poll(() => existsSync(join(dataFolder, 'run', 'api.sock'))).toBe(true);
    expect(listeningPorts(alone.pid)).toEqual([]);
    // The search does find ports where there are some.
    expect(listeningPorts(app.pid)).not.toEqual([]);
  } finally {
    await alone.close();
  }
});
