import { setTimeout as sleep } from 'node:timers/promises';
import { internalFailure, serviceUnavailable, throttling } from '../wire/aws-error.ts';
import type { Faults } from './faults.ts';

/**
 * Applies the faults that are set for an action to one of its calls: waits, throws the AwsError of a
 * service that fails, or returns what happens to the connection.
 */
export async function meetFaults(faults: Faults, action: string): Promise<'none' | 'dropped' | 'answer-dropped'> {
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
      case 'dropped':
      case 'answer-dropped':
        return fault.kind;
    }
  }
  return 'none';
}
