import type { Asker } from '../../contract/question.ts';
import { interpreters } from './program-name.ts';

/**
 * What makes a program the same one: its executable and its folder; of an interpreter also what it runs. One
 * that is not what it said counts as what is connected.
 */
export function programKey({ command, folder, executable, verified, peer }: Asker): string {
  const [name = '', ...rest] = (peer?.command ?? command).split(' ');
  return JSON.stringify([verified, executable, interpreters.test(name) ? [name, ...rest] : [name], folder]);
}
