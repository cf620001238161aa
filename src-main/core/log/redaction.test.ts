import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timesOf, tried } from '../../../testing/trust/times.ts';
import { redacted, versionOf, withoutPerson, withoutSecrets } from './redaction.ts';

const alice = { home: '/home/alice', user: 'alice' };

// Put together here, so that this file holds nothing that looks like a secret.
const secret = ['q8Zk2Vb7Xn4Lp9Rt', '6Wc3Yd1Hf5Jg0Ms+Tz/Ae2Bu'].join('');
const token = ['IQoJ', 'b3JpZ2luX2VjE'.repeat(9), '/+=='].join('');
const keys = ['AKIA', 'ASIA', 'AROA', 'AIDA'].map((prefix) => `${prefix}Q2W7E3R4T5Y6U2I7`);

describe('a text from outside', () => {
  it.each([
    ...keys.map((key) => [key, '[access key ID]']),
    [secret, '[secret]'],
    [token, '[secret]'],
    [`aws_secret_access_key = ${secret}`, 'aws_secret_access_key = [secret]'],
    ['code 123456', 'code [six digits]'],
    ['123 456', '[six digits]'],
    ['arn:aws:iam::111122223333:user/ann', 'arn:aws:iam::[account ID]:user/ann'],
    ['111122223333', '[account ID]'],
    ['/home/alice/.aws/config', '~/.aws/config'],
    ['/media/alice/disk', '/media/…/disk'],
    ['two\nlines\u202eof\u001b[31mtext', 'two lines of [31mtext'],
  ])('a text from outside is written without what is secret or says who somebody is: %j', (text, expected) => {
    expect(redacted(text, alice)).toBe(expected);
  });

  it('a text from outside is as it was where nothing is to be left out', () => {
    expect(redacted('TypeError at Broker.load main.cjs:1234:56', alice)).toBe('TypeError at Broker.load main.cjs:1234:56');
  });

  it('a text from outside that was gone over once stays as it is', () => {
    for (const text of [secret, token, '123456', '/home/alice/x', ...keys]) {
      const once = redacted(text, alice);
      expect(redacted(once, alice)).toBe(once);
    }
  });

  it('a text from outside has no access key, secret, token, code or home folder left, wherever these stand in it', (context) => {
    const hidden = fc.constantFrom(secret, token, '123456', '111122223333', '/home/alice', ...keys);
    const around = fc.string({ unit: fc.constantFrom(...Array.from(` \n"':=,;([{<>é漢.`)), maxLength: 12 });
    const numRuns = timesOf({ usual: 300, thorough: 10_000 });
    fc.assert(
      fc.property(around, hidden, around, (before, text, behind) => {
        expect(redacted(`${before}${text}${behind}`, alice)).not.toContain(text);
      }),
      { numRuns },
    );
    tried(context, numRuns);
  });

  it('a text from outside has an end', () => {
    expect(redacted('long '.repeat(1000), alice).length).toBeLessThanOrEqual(300);
  });

  it('a text from outside has no half of a secret where it was cut off', () => {
    expect(redacted(`${'x '.repeat(145)}${secret}`, alice)).not.toContain(secret.slice(0, 8));
  });

  it('only secrets are left out of a text where the rest was said on purpose', () => {
    expect(withoutSecrets(`111122223333 ${secret} 123456`)).toBe('111122223333 [secret] 123456');
  });

  it('a user that is called like a part of a folder leaves the rest of its name alone', () => {
    expect(withoutPerson('/srv/an/and/ban', { home: '/home/an', user: 'an' })).toBe('/srv/…/and/ban');
    expect(withoutPerson('/x', { home: '/', user: '' })).toBe('/x');
  });

  it.each([
    ['1.2.3', '1.2.3'],
    ['6.12.0-1-amd64-of-acme', '6.12.0'],
    ['1.0.0-beta.2', '1.0.0-beta.2'],
    ['111122223333', 'unknown'],
    ['canary', 'unknown'],
    ['', 'unknown'],
  ])('a version is numbers with dots, and of %j it is %s', (text, expected) => {
    expect(versionOf(text)).toBe(expected);
  });
});
