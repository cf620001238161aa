/** The path of a folder, with the user's home written as a tilde, as shells do. */
export function fromHome(folder: string, home: string): string {
  const rest = folder.startsWith(home) ? folder.slice(home.length) : null;
  return rest !== null && /^([/\\]|$)/.test(rest) ? `~${rest}` : folder;
}
