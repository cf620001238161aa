import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { usualDumpsLine } from '../memory/core-dumps.ts';

const bash = '/bin/bash';

/** Only bash closes descriptors above 9 by number; dash, which /bin/sh often is, cannot. */
const closeAndRun = 'for fd in /proc/self/fd/*; do fd=${fd##*/}; [ "$fd" -le 2 ] || eval "exec $fd>&-"; done; exec "$@"';

/**
 * Starts a program without the files and sockets that Chromium has open. On Linux, Chromium does not
 * mark them close-on-exec, and Node passes on whatever is not marked (electron/electron 1447). The
 * shells in the terminals would hold the app's message pipes and database files, and keep the app
 * from exiting (electron/electron 34808). macOS and Windows pass on only what is asked for.
 */
export const cleanSpawn: typeof spawn =
  process.platform === 'linux' && existsSync(bash)
    ? (((file: string, args: readonly string[], options: object) =>
        spawn(bash, ['-c', [usualDumpsLine(), closeAndRun].filter((line) => line !== null).join('\n'), 'bash', file, ...args], options)) as typeof spawn)
    : spawn;
