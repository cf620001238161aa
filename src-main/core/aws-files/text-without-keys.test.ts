import { describe, expect, it } from 'vitest';
import { textWithoutKeys } from './text-without-keys.ts';

const note = '# STS Tray copies no part of an access key';

describe('a text without keys', () => {
  it('a text without keys has a comment where a part of a key stood, and every other line as it was', () => {
    const text = '\uFEFF[default]\r\naws_access_key_id = AKIAFAKE\r\naws_secret_access_key = fake\r\nregion = eu-west-1\r\n\r\n[profile dev]\nregion = x';
    expect(textWithoutKeys(text)).toBe(`\uFEFF[default]\r\n${note}\r\n${note}\r\nregion = eu-west-1\r\n\r\n[profile dev]\nregion = x`);
  });

  it.for([
    'aws_session_token=fake',
    'aws_security_token : fake',
    '\tAWS_Secret_Access_Key\t=\tfake',
    '# aws_secret_access_key = fake',
    ';;before the rotation: aws_secret_access_key: fake',
    '# export AWS_SECRET_ACCESS_KEY=fake',
    '# {"SecretAccessKey": "fake", "SessionToken": "fake"}',
    'aws_secret_access_key =\n    fake',
    '  aws_secret_access_key = half-\n    fake\n    fake',
    '\uFEFFaws_secret_access_key = fake',
  ])('a text without keys has none in the spelling %j either', (line) => {
    const without = textWithoutKeys(`[a]\n${line}\nregion = x\n`);
    expect(without).not.toContain('fake');
    expect(without).toMatch(/^\[a\]\n(?:# STS Tray copies no part of an access key\n)+region = x\n$/);
  });

  it.for(['', '[profile a]\nregion = x\ncredential_process = /bin/aws_access_key_id_of a\n', '[profile a]\ns3 =\n  max_concurrent_requests = 20\n'])(
    'a text without keys is a text as it was where it has none: %j',
    (text) => {
      expect(textWithoutKeys(text)).toBe(text);
    },
  );

  it('a text without keys is one again when the same is done to it', () => {
    const once = textWithoutKeys('[a]\naws_access_key_id = AKIAFAKE\n  aws_secret_access_key = fake\n');
    expect(textWithoutKeys(once)).toBe(once);
  });

  it('a text without keys is there at once, however long a line of an AWS file is', () => {
    const startedAt = performance.now();
    for (const part of [' ', 'aws_access_key_id', 'aws_access_key_id ', '"', '[']) textWithoutKeys(part.repeat(100_000));
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
