import { expect, test } from 'vitest';
import { s3Event } from './s3-event-name.ts';

const event = (method: string, path: string, query: Record<string, string> = {}) => s3Event({ method, path, query, headers: {} })?.eventName ?? null;

test.each([
  ['GET', '/', {}, 'ListBuckets'],
  ['PUT', '/state', {}, 'CreateBucket'],
  ['HEAD', '/state', {}, 'HeadBucket'],
  ['DELETE', '/state/', {}, 'DeleteBucket'],
  ['PUT', '/state', { versioning: '' }, 'PutBucketVersioning'],
  ['GET', '/state', { policy: '' }, 'GetBucketPolicy'],
])('%s %s %j is the management event %s', (method, path, query, name) => {
  expect(event(method, path, query)).toBe(name);
});

test('objects and their lists are data events', () => {
  expect(event('PUT', '/state/terraform.tfstate')).toBeNull();
  expect(event('GET', '/state/a/b')).toBeNull();
  expect(event('GET', '/state', { 'list-type': '2' })).toBeNull();
});
