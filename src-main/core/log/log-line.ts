import { logEvents, type FieldKind, type LogEvent } from './log-events.ts';
import { redacted, versionOf } from './redaction.ts';

/** Stands for a value that is none of those that its field can hold, which would be a bug. */
const unfit = '?';

/**
 * One line of the log, such as `2026-11-29T08:00:00.000Z failed code=network-unreachable service=STS`. Whatever the
 * event holds, a line has nothing but the fields of `logEvents` with the values that these allow. `at` in epoch milliseconds.
 */
export function logLine(at: number, event: LogEvent): string {
  const values = event as Readonly<Record<string, unknown>>;
  const kinds: Readonly<Record<string, FieldKind>> = logEvents[event.event];
  const fields = Object.entries(kinds).flatMap(([field, kind]) => {
    const name = nameOf(field);
    const value = values[name];
    return value === undefined ? [] : [`${name}=${fieldText(kind, value)}`];
  });
  return [new Date(at).toISOString(), event.event, ...fields].join(' ');
}

/** Whether a line is one that `logLine` could have made: whatever else a file of logs has was not written by this version. */
export function isLogLine(line: string): boolean {
  const [, name, rest] = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ([a-z-]{1,30})((?: .*)?)$/.exec(line) ?? [];
  if (name === undefined || rest === undefined || !Object.hasOwn(logEvents, name)) return false;
  const kinds: Readonly<Record<string, FieldKind>> = logEvents[name as keyof typeof logEvents];
  const byName = new Map(Object.entries(kinds).map(([field, kind]) => [nameOf(field), kind]));
  let end = 0;
  for (const { index, 0: all, 1: field = '', 2: text = '' } of rest.matchAll(/ ([a-z]{1,20})=("[^"]{0,400}"|[^ "]{0,80})/g)) {
    const kind = byName.get(field);
    if (index !== end || kind === undefined || !isFieldText(kind, text)) return false;
    end += all.length;
  }
  return end === rest.length;
}

/**
 * How the last run that a log tells of ended: `cut-off` where it did not say that it quits, as after a crash, a lost
 * desktop or a power cut. Null where the log tells of none.
 */
export function endOfLastRun(text: string): 'quit' | 'cut-off' | null {
  const begun = text.lastIndexOf('Z started ');
  if (begun < 0) return null;
  return text.includes('Z quitting', begun) ? 'quit' : 'cut-off';
}

function nameOf(field: string): string {
  return field.replace('?', '');
}

function fieldText(kind: FieldKind, value: unknown): string {
  if ('kind' in kind) {
    if (kind.kind === 'count') return typeof value === 'number' && Number.isFinite(value) ? String(Math.round(value)) : unfit;
    if (typeof value !== 'string') return unfit;
    return kind.kind === 'version' ? versionOf(value) : quoted(value);
  }
  return typeof value === 'string' && kind.includes(value) ? value : unfit;
}

function isFieldText(kind: FieldKind, text: string): boolean {
  if (text === unfit) return true;
  if (!('kind' in kind)) return kind.includes(text);
  switch (kind.kind) {
    case 'count':
      return /^-?\d{1,15}$/.test(text);
    case 'version':
      return versionOf(text) === text;
    case 'redacted':
      return text.startsWith('"') && quoted(text.slice(1, -1)) === text;
  }
}

/** It was gone over before, and is once more: that changes nothing of what was. */
function quoted(text: string): string {
  return `"${redacted(text.replaceAll('"', "'"), nobody)}"`;
}

const nobody = { home: '', user: '' };
