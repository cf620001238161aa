/** Commands of known programs, of which the user replaces the name at the end. */
export const codePresets = [
  { id: 'ykman', label: 'YubiKey (ykman)', line: 'ykman oath accounts code -s NAME' },
  { id: 'op', label: '1Password (op)', line: 'op item get NAME --otp' },
  { id: 'bw', label: 'Bitwarden (bw)', line: 'bw --nointeraction get totp NAME' },
  { id: 'rbw', label: 'Bitwarden (rbw)', line: 'rbw code NAME' },
  { id: 'pass', label: 'pass (pass-otp)', line: 'pass otp NAME' },
  { id: 'keepassxc-cli', label: 'KeePassXC (keepassxc-cli)', line: 'keepassxc-cli show --no-password --key-file KEY -t DATABASE NAME' },
] as const;

export type CodePresetId = (typeof codePresets)[number]['id'];

/** The preset that a command began with; null for one of the user's own. */
export function presetOf(line: string): CodePresetId | null {
  return codePresets.find(({ id }) => id === programIn(line))?.id ?? null;
}

/** Whether a word of a command is one that a preset leaves for the user to replace. */
export function isPlaceholder(word: string): boolean {
  return word === 'NAME' || word === 'KEY' || word === 'DATABASE';
}

/** The program of a command, as it is written there. */
export function programIn(line: string): string | undefined {
  return line.trim().split(/\s/)[0];
}
