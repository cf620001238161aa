/** Stand around what the shell is asked, since what runs at its start may print as well. */
const [before, after] = ['STS-TRAY-PATH-BEGINS', 'STS-TRAY-PATH-ENDS'];

/** Those that take `-l -i -c` together, and of which `printenv` tells the PATH: csh takes no `-l` beside others. */
const knownShells: ReadonlySet<string> = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'mksh', 'ash', 'fish']);

/**
 * How the user's shell is asked for the PATH that it has in a terminal; null for a shell of which that is not known.
 * Interactive, because many set it in `.bashrc` or `.zshrc`.
 */
export function loginPathQuery(shell: string): readonly [string, ...string[]] | null {
  if (!shell.startsWith('/') || !knownShells.has(shell.split('/').at(-1) ?? '')) return null;
  return [shell, '-l', '-i', '-c', `printf '\\n%s\\n' ${before}; printenv PATH; printf '%s\\n' ${after}`];
}

/**
 * The folders of the shell's PATH, then those of the app's that are not among them. Relative ones are left out: they
 * mean another place in each folder. Null for an answer of which nothing can be read.
 */
export function loginPath(answer: string, own: string): string | null {
  const [, told] = new RegExp(`\\n${before}\\n([^\\n]*)\\n${after}`).exec(answer.replaceAll('\r\n', '\n')) ?? [];
  return told === undefined ? null : absoluteFolders(`${told}:${own}`);
}

/** A PATH without its relative folders, each once. */
export function absoluteFolders(path: string): string {
  const folders = path.split(':').filter((folder) => folder.startsWith('/'));
  return [...new Set(folders)].join(':');
}
