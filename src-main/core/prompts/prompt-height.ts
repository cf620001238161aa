import type { MfaPrompt } from '../../contract/ui-state.ts';

/**
 * How high the prompt's window has to be for what it shows, in pixels: with the programs that wait
 * or the reason for a role session, and a refusal in either language, nothing scrolls. It grows
 * before a refusal comes, so that it does not jump while a code is typed.
 */
export function promptHeight({ role, waiting }: Pick<MfaPrompt, 'role' | 'waiting'>): number {
  return role === null && waiting.length === 0 ? 400 : 490;
}
