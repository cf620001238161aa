import type { Call } from './call.ts';

/** Whether the person at the terminal types yes; without a terminal nobody does. */
export function isConfirmed({ world }: Pick<Call, 'world'>, question: string): boolean {
  if (!world.interactive) return false;
  world.printError(question);
  return world.readLine().trim().toLowerCase() === 'yes';
}
