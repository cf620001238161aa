import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { ApiAddress } from '../../core/local-api/api-address.ts';
import { appEnvironment } from '../../core/relay/app-environment.ts';
import type { CliWorld } from './cli-world.ts';
import { isListening } from './connect.ts';
import type { Texts } from '../texts/texts.ts';

const lookAgainMs = 25;

/**
 * Starts the app in the background, and waits until it answers at `address`. Fails with
 * `app-needs-desktop` or `app-not-started` `{reason}`.
 */
export async function startApp(
  { app, env, platform }: CliWorld,
  { address, userDataDir, texts, waitMs }: { address: ApiAddress; userDataDir: string | null; texts: Texts; waitMs: number },
): Promise<Result<null>> {
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return failed(appError('app-needs-desktop'));
  const dataFolder = userDataDir === null ? [] : [`--user-data-dir=${userDataDir}`];
  const child = spawn(app.executable, [...app.args, ...dataFolder, '--hidden'], {
    detached: true,
    stdio: 'ignore',
    env: appEnvironment(env),
  });
  child.unref();
  const ended: string[] = [];
  child.on('error', (error) => ended.push(error.message));
  // A second app exits with success at once, because it hands over to the one that is already starting.
  child.on('exit', (status, signal) => {
    if (status !== 0) ended.push(texts.t('started-ended', { status: signal ?? String(status) }));
  });
  const notStarted = (reason: string) => failed(appError('app-not-started', { reason }));

  const giveUpAt = performance.now() + waitMs;
  while (performance.now() < giveUpAt) {
    await sleep(lookAgainMs);
    const [reason] = ended;
    if (reason !== undefined) return notStarted(reason);
    if (await isListening(address)) return succeeded(null);
  }
  return notStarted(texts.t('started-slow', { seconds: Math.round(waitMs / 1000) }));
}
