/** A folder with the user's home as a tilde, as shells have it. */
export function fromHome(folder: string, home: string): string {
  const rest = folder.startsWith(home) ? folder.slice(home.length) : null;
  return rest !== null && /^([/\\]|$)/.test(rest) ? `~${rest}` : folder;
}
