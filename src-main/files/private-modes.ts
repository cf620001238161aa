import { chmodSync, mkdirSync } from 'node:fs';

/** Takes a file of ours from other users, in a folder that they may enter too. One that is not there stays so. */
export function makeFilePrivate(file: string): void {
  setMode(file, 0o600);
}

/** Makes a folder that only this user may enter, or takes one that is there from the others. */
export function makeFolderPrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  setMode(folder, 0o700);
}

/** On Windows, a user's folders are closed to others already. Where the system refuses, the file belongs to somebody else. */
function setMode(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch {
    // The app works as before.
  }
}
