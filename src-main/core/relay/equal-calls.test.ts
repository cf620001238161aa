import { expect, it } from 'vitest';
import { equalCallKey, goodUntil } from './equal-calls.ts';

const signedBy = { accessKeyId: 'ASIABASE', region: 'us-east-1' };
const assume = (parameters: Readonly<Record<string, string>>) => ({
  action: 'AssumeRole',
  parameters: new Map(Object.entries({ RoleArn: 'arn:aws:iam::222222222222:role/deploy', ...parameters })),
});
const keyOf = (parameters: Readonly<Record<string, string>>, by = signedBy) => equalCallKey(assume(parameters), by);

it.each([
  ['aws-go-sdk-1732780000000000001', 'aws-go-sdk-1732780000000000002'],
  ['1732780000000000001', '1732780000000000002'],
  ['botocore-session-1732780000', 'botocore-session-1732780001'],
  ['aws-sdk-js-1732780000000', 'aws-sdk-js-1732780000001'],
  ['aws-sdk-java-1732780000000', 'aws-sdk-java-1732780000001'],
  ['aws-dotnet-sdk-session-636238288466144357', 'aws-dotnet-sdk-session-636238288466144358'],
])('two calls whose session names an SDK made up are equal: %s, %s', (one, other) => {
  expect(keyOf({ RoleSessionName: one })).toBe(keyOf({ RoleSessionName: other }));
});

it('the order of parameters makes no difference', () => {
  expect(keyOf({ RoleSessionName: 'a', ExternalId: 'b' })).toBe(keyOf({ ExternalId: 'b', RoleSessionName: 'a' }));
});

it.each([
  ['a session name that somebody chose', { RoleSessionName: 'alice' }],
  ['a session name that only looks made up', { RoleSessionName: 'botocore-session-alice' }],
  ['a policy', { Policy: '{}' }],
  ['a tag', { 'Tags.member.1.Key': 'a', 'Tags.member.1.Value': 'b' }],
  ['an external ID', { ExternalId: 'x' }],
  ['a duration', { DurationSeconds: '900' }],
  ['a source identity', { SourceIdentity: 'alice' }],
])('%s makes a call another one', (_, parameters) => {
  expect(keyOf({ RoleSessionName: 'bob', ...parameters })).not.toBe(keyOf({ RoleSessionName: 'bob' }));
});

it('another key or region makes a call another one', () => {
  expect(keyOf({}, { ...signedBy, accessKeyId: 'ASIAOTHER' })).not.toBe(keyOf({}));
  expect(keyOf({}, { ...signedBy, region: 'eu-west-1' })).not.toBe(keyOf({}));
});

it('a call with a code is made each time, and so is one of another action', () => {
  expect(keyOf({ TokenCode: '123456' })).toBeNull();
  expect(equalCallKey({ action: 'AssumeRoleWithWebIdentity', parameters: new Map() }, signedBy)).toBeNull();
  expect(equalCallKey({ action: 'GetCallerIdentity', parameters: new Map() }, signedBy)).not.toBeNull();
});

it('an answer is good while 15 minutes of its session are left, or of a short one two thirds', () => {
  const minutes = (count: number) => count * 60_000;
  expect(goodUntil({ issuedAt: 0, expiresAt: minutes(60) })).toBe(minutes(45));
  expect(goodUntil({ issuedAt: 0, expiresAt: minutes(480) })).toBe(minutes(465));
  expect(goodUntil({ issuedAt: 0, expiresAt: minutes(15) })).toBe(minutes(5));
});
