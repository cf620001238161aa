import { printable } from './printable.ts';

/** The name of a folder, without the folders that it is in, on every system. */
export function folderName(folder: string): string {
  return folder.split(/[/\\]/).filter(Boolean).at(-1) ?? folder;
}

/** A path, with the user's home written as a tilde, as shells do, and without what would turn the text round. */
export function fromHome(path: string, home: string): string {
  const rest = path.startsWith(home) ? path.slice(home.length) : null;
  return rest !== null && /^([/\\]|$)/.test(rest) ? `~${printable(rest)}` : printable(path);
}
