import { readFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import type { Person } from '../core/log/redaction.ts';

/** Which Linux it is (freedesktop.org, os-release); empty elsewhere. */
export function osRelease(): Promise<string> {
  return readFile('/etc/os-release', 'utf8').catch(() => '');
}

/** Who is left out of what is written. The name is empty for a user that no database has. */
export function thisPerson(): Person {
  try {
    return { home: homedir(), user: userInfo().username };
  } catch {
    return { home: homedir(), user: '' };
  }
}
