import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { AwsError } from '../wire/aws-error.ts';
import { readPayload } from './payload.ts';

const body = Buffer.from('123456789');
const digest = (algorithm: string, encoding: 'hex' | 'base64') => createHash(algorithm).update(body).digest(encoding);
const streaming = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-decoded-content-length': '9' };

function codeOf(read: () => unknown): string {
  try {
    read();
    return 'none';
  } catch (error) {
    return error instanceof AwsError ? error.code : String(error);
  }
}

test('a body whose digests are right is taken', () => {
  const headers = {
    'x-amz-content-sha256': digest('sha256', 'hex'),
    'content-md5': digest('md5', 'base64'),
    'x-amz-checksum-sha256': digest('sha256', 'base64'),
    'x-amz-checksum-sha1': digest('sha1', 'base64'),
    'x-amz-checksum-crc32': 'y/Q5Jg==',
  };
  expect(readPayload(body, headers)).toEqual({ body, headers });
});

test.each([
  ['x-amz-content-sha256', createHash('sha256').update('other').digest('hex'), 'XAmzContentSHA256Mismatch'],
  ['content-md5', 'AAAA', 'BadDigest'],
  ['x-amz-checksum-sha256', 'AAAA', 'BadDigest'],
  ['x-amz-checksum-sha1', 'AAAA', 'BadDigest'],
  ['x-amz-checksum-crc32', 'AAAAAA==', 'BadDigest'],
])('a body with a wrong %s is refused', (name, value, code) => {
  expect(codeOf(() => readPayload(body, { [name]: value }))).toBe(code);
});

test('chunks are put together, and the trailer behind them is compared with the body', () => {
  const sent = (checksum: string) => Buffer.from(`4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:${checksum}\r\n\r\n`);
  const headers = { ...streaming, 'x-amz-trailer': 'x-amz-checksum-crc32' };
  expect(readPayload(sent('y/Q5Jg=='), headers)).toMatchObject({ body, headers: { 'x-amz-checksum-crc32': 'y/Q5Jg==' } });
  expect(codeOf(() => readPayload(sent('AAAAAA=='), headers))).toBe('BadDigest');
  expect(codeOf(() => readPayload(Buffer.from('9\r\n123456789\r\n0\r\n\r\n'), headers))).toBe('InvalidRequest');
});

test.each(['8\r\n12345678\r\n0\r\n\r\n', '9\r\n123456789', 'words', '9\r\n123'])('chunks that are cut off, %j, are refused', (sent) => {
  expect(codeOf(() => readPayload(Buffer.from(sent), streaming))).toBe('IncompleteBody');
});

test('chunks with signatures of their own are refused by name', () => {
  expect(codeOf(() => readPayload(body, { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' }))).toBe('NotImplemented');
});
