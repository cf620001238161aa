import { expect, it } from 'vitest';
import { exportedKey } from './exported-key.ts';

const key = { Version: 1, AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: 'example-secret-access-key-of-forty-chars' };

it('a key that was exported is read', () => {
  expect(exportedKey('base', `${JSON.stringify(key)}\n`)).toEqual({
    ok: true,
    value: { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey },
  });
});

it('credentials that end by themselves are not taken for a key', () => {
  expect(exportedKey('base', JSON.stringify({ ...key, SessionToken: 'x' }))).toMatchObject({ error: { code: 'exported-key-temporary' } });
});

it.each(['', 'Enter passphrase:', '[]', JSON.stringify({ Version: 1 })])('what is no key is told of, and not repeated: %j', (output) => {
  expect(exportedKey('base', output)).toEqual({ ok: false, error: { code: 'exported-key-unreadable', params: { profile: 'base' } } });
});
