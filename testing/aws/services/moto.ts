import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findProgram } from '../../processes/find-program.ts';

const startTimeoutMs = 60_000;
const stopTimeoutMs = 3_000;

/** A `moto_server` that this process started. */
export type Moto = { readonly port: number; readonly close: () => Promise<void> };

/** Starts moto on a free loopback port; null where it is not installed. */
export async function startMoto(): Promise<Moto | null> {
  const program = findProgram('moto_server');
  if (program === null) return null;
  const child = spawn(program, ['-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: withoutAws(process.env),
  });
  const killWithUs = () => child.kill();
  process.once('exit', killWithUs);
  try {
    const port = await announcedPort(child);
    return {
      port,
      close: async () => {
        process.off('exit', killWithUs);
        await stop(child);
      },
    };
  } catch (error) {
    process.off('exit', killWithUs);
    await stop(child);
    throw error;
  }
}

/** Given port 0, Werkzeug picks a free port and announces it on stderr, which then logs the requests. */
async function announcedPort(child: ChildProcess): Promise<number> {
  if (child.stderr === null) throw new Error('moto_server was started without a pipe');
  const lines = createInterface({ input: child.stderr });
  const timeout = AbortSignal.timeout(startTimeoutMs);
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`moto_server ${why}: ${said.join(' | ')}`));
    timeout.addEventListener('abort', () => fail('did not announce its port'));
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`ended with ${code}`));
    // Keeps reading, so that the pipe never fills up.
    lines.on('line', (line) => {
      const port = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
      else if (said.length < 20) said.push(line);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const harder = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await ended;
  clearTimeout(harder);
}

/** The developer's AWS and moto settings would change what moto does. */
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS|MOTO)_/.test(name)));
}
