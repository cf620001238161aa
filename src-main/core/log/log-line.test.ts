import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../contract/app-error.ts';
import { leaksIn } from '../../../testing/secrets/leaks.ts';
import { bugEvent } from './bug-event.ts';
import { failureEvent } from './failure-event.ts';
import { logEvents, type LogEvent } from './log-events.ts';
import { endOfLastRun, isLogLine, logLine } from './log-line.ts';

const at = Date.UTC(2030, 0, 2, 12);
const canaries = [
  'canary-alpha',
  'AKIAIOSFODNN7EXAMPLE',
  '123456',
  '111122223333',
  '/home/alice/canary',
  ['q8Zk2Vb7Xn4Lp9Rt', '6Wc3Yd1Hf5Jg0Ms+Tz/Ae2Bu'].join(''),
];
const names = Object.keys(logEvents) as (keyof typeof logEvents)[];

describe('a line of the log', () => {
  it('a line of the log says when, what, and the fields of the event', () => {
    expect(logLine(at, { event: 'session-started', kind: 'base' })).toBe('2030-01-02T12:00:00.000Z session-started kind=base');
    expect(logLine(at, { event: 'problem', code: 'config-broken-line', line: 7 })).toBe('2030-01-02T12:00:00.000Z problem code=config-broken-line line=7');
    expect(logLine(at, { event: 'problem', code: 'config-broken-line' })).toBe('2030-01-02T12:00:00.000Z problem code=config-broken-line');
  });

  it('a line of the log holds nothing that was planted in any field of any event, whatever the type says', () => {
    // What only a redactor keeps out may be an ordinary word, so the first canary is none for these.
    for (const canary of canaries) {
      for (const name of names) {
        const fields = Object.entries(logEvents[name]);
        const isFree = fields.some(([, kind]) => 'kind' in kind && kind.kind === 'redacted');
        if (isFree && canary.includes('canary')) continue;
        const planted = Object.fromEntries(fields.map(([field]) => [field.replace('?', ''), canary]));
        const line = logLine(at, { ...planted, other: canary, event: name } as unknown as LogEvent);
        expect(leaksIn(name, line, [canary])).toEqual([]);
        expect([line].filter(isLogLine)).toEqual([line]);
      }
    }
    expect(names.length).toBeGreaterThan(20);
  });

  it('a line of the log holds nothing that was planted in the params of any failure', () => {
    const params = ['reason', 'service', 'action', 'name', 'file', 'profile', 'account', 'status', 'seconds', 'line', 'role', 'key', 'url'];
    for (const code of errorCodes) {
      for (const canary of canaries) {
        const line = logLine(at, failureEvent({ code, params: Object.fromEntries(params.map((param) => [param, canary])) }));
        expect(line).toBe(`2030-01-02T12:00:00.000Z failed code=${code}`);
      }
    }
  });

  it('a line of the log says of a failure what the app itself knows the words for', () => {
    const line = (code: LogEvent & { event: 'failed' } extends { code: infer C } ? C : never, params: Record<string, string | number>) =>
      logLine(at, failureEvent({ code, params })).slice(25);
    expect(line('network-unreachable', { service: 'STS', reason: 'ECONNREFUSED 10.1.2.3:443' })).toBe(
      'failed code=network-unreachable service=STS reason=ECONNREFUSED',
    );
    expect(line('permission-denied', { action: 'iam:ListMFADevices' })).toBe('failed code=permission-denied action=iam:ListMFADevices');
    expect(line('permission-denied', { action: 's3:GetSecretOfAcme' })).toBe('failed code=permission-denied');
    expect(line('service-failed', { service: 'IAM', status: 503 })).toBe('failed code=service-failed service=IAM status=503');
  });

  it('a line of the log is known again, and one that anything else wrote is not', () => {
    const written = logLine(at, { event: 'asked', name: 'credential-process', outcome: 'mfa-timeout', ms: 55_000.4 });
    expect(written).toContain('asked name=credential-process outcome=mfa-timeout ms=55000');
    expect(isLogLine(written)).toBe(true);
    for (const line of [
      '',
      'anything',
      `${written} more`,
      `${written} secret=123`,
      written.replace('mfa-timeout', 'canary'),
      written.replace('asked', 'constructor'),
      '[2026-11-29 08:00:00.000] [warn]  config-none { file: "/home/alice/.aws/config" }',
      '2030-01-02T12:00:00.000Z bug kind="AKIAIOSFODNN7EXAMPLE"',
    ]) {
      expect([line].filter(isLogLine)).toEqual([]);
    }
  });
});

describe('a bug in the log', () => {
  const alice = { home: '/home/alice', user: 'alice' };

  it('a bug in the log is the kind of its error and the places of its stack without their folders', () => {
    const error = new TypeError('canary');
    error.stack =
      'TypeError: canary\n    at Broker.load (/home/alice/sts-tray/dist/main/main.cjs:10:5)\n    at async file:///opt/x/app.ts:3:4\n    at node:internal/x:1:2';
    expect(bugEvent(error, alice)).toEqual({ event: 'bug', kind: 'TypeError', at: 'Broker.load main.cjs:10:5 < app.ts:3:4' });
  });

  it('a bug in the log has no line of a message that looks like a stack', () => {
    const error = new Error('first\n    at canary (/home/alice/canary.ts:1:2)');
    expect(bugEvent(error, alice).at).not.toContain('canary');
    expect(bugEvent(Object.assign(new Error('x'), { name: 'canary 123' }), alice).kind).toBe('Error');
  });

  it('a bug in the log may be anything that was thrown', () => {
    for (const thrown of [null, undefined, 'canary', 7, { message: 'canary' }]) expect(JSON.stringify(bugEvent(thrown, alice))).not.toContain('canary');
  });
});

describe('how the last run ended', () => {
  const started = '2030-01-02T12:00:00.000Z started app=1.0.0\n';
  const quitting = '2030-01-02T13:00:00.000Z quitting\n';
  const closed = '2030-01-02T13:00:00.001Z local-api state=closed\n';

  it.each([
    ['quit', `${started}${quitting}${closed}`],
    ['quit', `${started}${started}${quitting}`],
    ['cut-off', started],
    ['cut-off', `${started}${quitting}${started}${closed}`],
    [null, ''],
    [null, closed],
  ])('how the last run ended is told by the lines since its start: %s', (end, text) => {
    expect(endOfLastRun(text)).toBe(end);
  });
});
