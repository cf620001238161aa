import { onlyMark } from '../../../core/hand-offs/run-marks.ts';
import type { Call } from './call.ts';

/** Whether the command is to find the chosen profile alone: by its option, or because what it is started in does. */
export function onlyWanted({ invocation, world }: Pick<Call, 'invocation' | 'world'>): { readonly only?: true } {
  return invocation.options.only !== undefined || world.env[onlyMark] ? { only: true } : {};
}
