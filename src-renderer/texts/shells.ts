import type { ExportShell } from '../../src-main/contract/settings.ts';

/** Product names, the same in every language. */
const names: Readonly<Record<ExportShell, string>> = {
  bash: 'bash / zsh',
  fish: 'fish',
  powershell: 'PowerShell',
  cmd: 'cmd',
  dotenv: 'dotenv',
};

export function isShell(value: string): value is ExportShell {
  return Object.hasOwn(names, value);
}

/** The product's name; a word that the app does not know is shown as it is. */
export function shellLabel(shell: string): string {
  return isShell(shell) ? names[shell] : shell;
}
