import type { MfaPrompt } from '../../contract/ui-state.ts';

/**
 * How high the prompt's window has to be for what it shows, in pixels: with the programs that wait
 * or the reason for a role session, what the way to AWS is, and a refusal in either language, nothing
 * scrolls. It grows before a refusal comes, so that it does not jump while a code is typed.
 */
export function promptHeight({ role, waiting, way, source }: Pick<MfaPrompt, 'role' | 'waiting' | 'way' | 'source'>): number {
  const named = way === null ? 0 : [way.endpoint, way.proxy, way.caBundle].filter((each) => each !== null).length;
  return (role === null && waiting.length === 0 ? 400 : 490) + (source === null ? 0 : sourceNote) + (named === 0 ? 0 : wayGap + named * wayEntry);
}

/** The distance to what follows, and two lines for each entry: a host or a path may be long. */
const wayGap = 16;
const wayEntry = 32;

/** The source of the code, with room for why it failed. */
const sourceNote = 110;
