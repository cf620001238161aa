import { bashCompletion } from './completions-bash.ts';
import { fishCompletion } from './completions-fish.ts';
import { powershellCompletion } from './completions-powershell.ts';
import { zshCompletion } from './completions-zsh.ts';
import type { Texts } from '../texts/texts.ts';

/** The completions for a shell, as text that the shell reads; `bin/completions` keeps the English ones. */
export function completionScript(shell: string, t: Texts['t']): string {
  switch (shell) {
    case 'zsh':
      return zshCompletion(t);
    case 'fish':
      return fishCompletion(t);
    case 'powershell':
      return powershellCompletion(t);
    default:
      return bashCompletion();
  }
}
