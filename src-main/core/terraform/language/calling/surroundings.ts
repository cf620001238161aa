import { type failure, notKnown } from '../values/value.ts';

export type Digest = 'md5' | 'sha1' | 'sha256' | 'sha512';

/** What functions see of the computer: files, as Terraform itself would read them. */
export type Surroundings = {
  /** What Terraform calls the folder in which it runs, as a full path with `/`; null where that is not known. */
  readonly folder: string | null;
  /** The same for the folder in which it was started, before `-chdir`. */
  readonly startedIn: string | null;
  /** The content of a file; a failure where there is none, unknown where it is not read. A relative path starts in the folder in which Terraform runs. */
  readonly readFile: (path: string) => Uint8Array | typeof failure | typeof notKnown;
  /** Whether there is such a file; a failure for a folder, unknown where that is not looked at. */
  readonly fileExists: (path: string) => boolean | typeof failure | typeof notKnown;
  /** The paths of all files below a folder, with `/` between the names; null where they are not listed. */
  readonly filesBelow: (folder: string) => readonly string[] | null;
  readonly digest: (algorithm: Digest, bytes: Uint8Array) => Uint8Array;
};

/** No file is read, so nothing is known of any. */
export const noSurroundings: Surroundings = {
  folder: null,
  startedIn: null,
  readFile: () => notKnown,
  fileExists: () => notKnown,
  filesBelow: () => null,
  digest: () => new Uint8Array(),
};
