import { printable } from '../../src-main/core/printable.ts';

/** The path of a folder, with the user's home written as a tilde, as shells do, and without what would turn the text round. */
export function fromHome(folder: string, home: string): string {
  const rest = folder.startsWith(home) ? folder.slice(home.length) : null;
  return rest !== null && /^([/\\]|$)/.test(rest) ? `~${printable(rest)}` : printable(folder);
}
