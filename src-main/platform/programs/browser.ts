import { shell } from 'electron';
import { isInstalled, type Machine } from '../terminals/find-terminals.ts';

/** Opens an address in the user's browser. Rejects when there is none, which on Linux Electron does not notice. */
export async function openInBrowser(address: string, machine: Machine): Promise<void> {
  if (machine.platform === 'linux' && !(await isInstalled({ programs: ['xdg-open'] }, machine))) throw new Error('xdg-open is not installed');
  await shell.openExternal(address);
}
