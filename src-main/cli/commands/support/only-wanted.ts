import { guardVariables } from '../../../core/hand-offs/guarded-program.ts';
import { onlyMark } from '../../../core/hand-offs/run-marks.ts';
import type { Call } from './call.ts';

/** Whether the command is to find the chosen profile alone: by its option, or because what it is started in does. */
export function onlyWanted({ invocation, world }: Pick<Call, 'invocation' | 'world'>): { readonly only?: true } {
  return invocation.options.only !== undefined || world.env[onlyMark] ? { only: true } : {};
}

/** Whether the command gets the credentials themselves, of one profile, as a terminal that it is guarded in may have them. */
export function isStaticFor({ invocation: { options }, world }: Pick<Call, 'invocation' | 'world'>): boolean {
  const keepsStatic = options['from-terminal'] !== undefined && world.env[guardVariables.accessKeyId] !== undefined;
  return options.static !== undefined || keepsStatic;
}
