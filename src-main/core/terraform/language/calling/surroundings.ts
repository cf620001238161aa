import { type failure, notKnown } from '../values/value.ts';

export type Digest = 'md5' | 'sha1' | 'sha256' | 'sha512';

/** `lost` is a link that leads nowhere, `other` a socket, a pipe or a device. */
export type PathKind = 'file' | 'folder' | 'other' | 'lost' | 'nothing';

/** What functions see of the computer: files, as Terraform itself would read them. */
export type Surroundings = {
  /** What Terraform calls the folder in which it runs, as a full path with `/`; null where that is not known. */
  readonly folder: string | null;
  /** The same for the folder in which it was started, before `-chdir`. */
  readonly startedIn: string | null;
  /** The content of a file; a failure where there is none, unknown where it is not read. A relative path starts in the folder in which Terraform runs. */
  readonly readFile: (path: string) => Uint8Array | typeof failure | typeof notKnown;
  /** What stands at a path, behind any links; unknown where that is not looked at. */
  readonly kindOf: (path: string) => PathKind | typeof notKnown;
  /** The names of all that stands in a folder; null where they are not listed. */
  readonly namesIn: (folder: string) => readonly string[] | null;
  readonly digest: (algorithm: Digest, bytes: Uint8Array) => Uint8Array;
};

/** No file is read, so nothing is known of any. */
export const noSurroundings: Surroundings = {
  folder: null,
  startedIn: null,
  readFile: () => notKnown,
  kindOf: () => notKnown,
  namesIn: () => null,
  digest: () => new Uint8Array(),
};
