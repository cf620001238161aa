import type { LogEvent } from './log-events.ts';
import { redacted, type Person } from './redaction.ts';

/** How many places of a stack are written. */
const placesMax = 5;

/**
 * A bug as the log has it: the kind of the error, and the places in our code where it was thrown. The message is left
 * out, and so is a place that could be a part of it.
 */
export function bugEvent(error: unknown, person: Person): Extract<LogEvent, { event: 'bug' }> {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error('not an Error');
  const behind = stack.slice(stack.includes(message) ? stack.indexOf(message) + message.length : 0);
  const places = behind.split('\n').flatMap(placeIn).slice(0, placesMax);
  const kind = redacted(/^[A-Za-z]{1,40}$/.test(name) ? name : 'Error', person);
  return { event: 'bug', kind, ...(places.length === 0 ? {} : { at: redacted(places.join(' < '), person) }) };
}

/** `    at Broker.load (/opt/sts-tray/main.cjs:10:5)` as `Broker.load main.cjs:10:5`: without the folders. */
function placeIn(line: string): readonly string[] {
  const [, called = '', file, place] =
    /^ {4}at (?:([\w$.<>[\] ]{1,60}) \()?(?:[^()]{0,300}[/\\:])?([\w.-]{1,40}\.[cm]?[jt]sx?):(\d{1,7}:\d{1,7})\)?$/.exec(line) ?? [];
  return file === undefined || place === undefined ? [] : [[called, `${file}:${place}`].filter((part) => part !== '').join(' ')];
}
