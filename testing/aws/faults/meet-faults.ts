import { setTimeout as sleep } from 'node:timers/promises';
import { internalFailure, serviceUnavailable, throttling } from '../wire/aws-error.ts';
import type { Fault, Faults } from './faults.ts';

/** What happens to the connection, or to the answer on it. */
export type Met = Extract<Fault, { kind: 'dropped' | 'answer-dropped' | 'answer-cut' | 'answered' | 'silent' | 'portal' }> | { readonly kind: 'none' };

/**
 * Applies the faults that are set for an action to one of its calls: waits, throws the AwsError of a
 * service that fails, or returns what happens to the connection, or who answers in its place.
 */
export async function meetFaults(faults: Faults, action: string): Promise<Met> {
  for (const fault of faults.take(action)) {
    switch (fault.kind) {
      case 'delayed':
        await sleep(fault.milliseconds);
        break;
      case 'held':
        await fault.wait();
        break;
      case 'unavailable':
        throw serviceUnavailable();
      case 'throttled':
        throw throttling();
      case 'failed':
        throw internalFailure();
      default:
        return fault;
    }
  }
  return { kind: 'none' };
}
