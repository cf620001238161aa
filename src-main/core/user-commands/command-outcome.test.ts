import { expect, it } from 'vitest';
import { commandFailure, type CommandOutcome } from './command-outcome.ts';

const failure = (outcome: CommandOutcome) => commandFailure(['/usr/bin/pass', 'otp', 'secret/name'], outcome, { timeMs: 30_000, outputMax: 64 });
const exited = (status: number | null, lastLine = ''): CommandOutcome => ({ kind: 'exited', status, output: '123456', lastLine, said: lastLine });

it('a command that ended with status 0 has not failed', () => {
  expect(failure(exited(0, 'a warning'))).toBeNull();
});

it('a command that failed is named without its folder and its arguments, and with what it said last', () => {
  expect(failure(exited(1, 'Error: \u001b[31mno such\u202e entry'))).toEqual({
    code: 'user-command-failed-saying',
    params: { program: 'pass', status: 1, line: 'Error: [31mno such entry' },
  });
  expect(failure(exited(null))).toEqual({
    code: 'user-command-failed',
    params: { program: 'pass', status: 'signal' },
  });
  expect(failure({ kind: 'timed-out', lastLine: 'x', said: 'x' })).toEqual({ code: 'user-command-timed-out', params: { program: 'pass', seconds: 30 } });
  expect(failure({ kind: 'not-found' })).toEqual({ code: 'user-command-not-found', params: { program: 'pass' } });
});

it('what a command said has no more room in a sentence than a person reads', () => {
  expect(String(failure(exited(1, 'no '.repeat(2_000)))?.params['line'])).toHaveLength(200);
});

// Put together here, so that this file holds nothing that looks like a secret.
const secret = ['q8Zk2Vb7Xn4Lp9Rt', '6Wc3Yd1Hf5Jg0Ms+Tz/Ae2Bu'].join('');
const accessKeyId = ['AKIA', 'Q2W7E3R4T5Y6U2I7'].join('');

it.each([
  [`debug: got {"SecretAccessKey": "${secret}"}`, 'debug: got {"SecretAccessKey": "[secret]"}'],
  [`no session for ${accessKeyId}`, 'no session for [access key ID]'],
  ['the code 123456 was used before', 'the code [six digits] was used before'],
  [`${'x '.repeat(90)}${secret}`, `${'x '.repeat(90)}[secret]`],
  ['Error: account 111122223333 is not signed in', 'Error: account 111122223333 is not signed in'],
])('what a command said last stands in a sentence without what has the form of a secret or of a code: %j', (line, shown) => {
  expect(failure(exited(1, line))?.params['line']).toBe(shown);
});
