import type { Call } from './call.ts';

/** Whether the person at the terminal types yes; false when there is no terminal. */
export function isConfirmed({ world }: Pick<Call, 'world'>, question: string): boolean {
  if (!world.interactive) return false;
  world.printError(question);
  return world.readLine().trim().toLowerCase() === 'yes';
}
