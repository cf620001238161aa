import type { AppError } from '../../contract/app-error.ts';
import { awsActions, awsErrors, awsServices, systemCodes } from './known-words.ts';
import type { LogEvent } from './log-events.ts';

/** A failure as the log has it: its code, and of its params only words that the app knows, and numbers that it has a name for. */
export function failureEvent({ code, params }: AppError): Extract<LogEvent, { event: 'failed' }> {
  const word = <W extends string>(words: readonly W[], name: string): W | undefined => {
    // A reason may go on with the address that could not be reached.
    const [first] = String(params[name] ?? '').split(' ');
    return words.find((each) => each === first);
  };
  const number = (name: string): number | undefined => {
    const value = params[name];
    return typeof value === 'number' ? value : undefined;
  };
  return {
    event: 'failed',
    code,
    service: word(awsServices, 'service'),
    action: word(awsActions, 'action'),
    name: word(awsErrors, 'name'),
    reason: word(systemCodes, 'reason'),
    status: number('status'),
    seconds: number('seconds'),
    line: number('line'),
  };
}
