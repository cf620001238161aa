import type { Call } from './call.ts';

/** After how long a person at the terminal is told what is waited for, in milliseconds; the launcher has the same. */
const quietMs = 1_000;

/**
 * Asks as the call does, and says once that the app is waited for where that takes longer: the window that asks for a
 * code may be on another screen, and to wait would look like hanging. Only at a terminal, since logs tell nobody to go there.
 */
export function sayingWait({ ask, world, texts }: Call): Call['ask'] {
  // For a launcher all of this comes at the end, so that says it itself.
  if (!world.isTerminal.stderr || world.host !== null) return ask;
  let isSaid = false;
  const say = (): void => {
    if (!isSaid) world.printError(`sts-tray: ${texts.t('app-waits')}\n`);
    isSaid = true;
  };
  return async (name, fields) => {
    const timer = setTimeout(say, quietMs);
    try {
      return await ask(name, fields);
    } finally {
      clearTimeout(timer);
    }
  };
}
