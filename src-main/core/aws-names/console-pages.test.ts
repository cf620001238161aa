import { describe, expect, it } from 'vitest';
import { cloudTrailEventPage, consoleDestination, consoleHost, iamPrincipalPage, signInHost } from './console-pages.ts';

describe('the hosts of a partition', () => {
  it.each([
    ['aws', 'console.aws.amazon.com', 'signin.aws.amazon.com'],
    ['aws-cn', 'console.amazonaws.cn', 'signin.amazonaws.cn'],
    ['aws-us-gov', 'console.amazonaws-us-gov.com', 'signin.amazonaws-us-gov.com'],
    ['aws-eusc', 'console.amazonaws-eusc.eu', 'eusc-de-east-1.signin.amazonaws-eusc.eu'],
  ])('the hosts of a partition are those of %s', (partition, console, signIn) => {
    expect([consoleHost(partition), signInHost(partition)]).toEqual([console, signIn]);
  });

  it.each(['aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-mars', '', 'constructor'])('the hosts of a partition are unknown for “%s”', (partition) => {
    expect([consoleHost(partition), signInHost(partition)]).toEqual([null, null]);
    expect(iamPrincipalPage({ partition, kind: 'role', name: 'deploy' })).toBeNull();
    expect(cloudTrailEventPage({ partition, region: 'us-east-1', eventId: '1' })).toBeNull();
    expect(consoleDestination({ partition, region: 'us-east-1', service: null })).toBeNull();
  });
});

describe('the IAM page', () => {
  it('the IAM page shows the permissions of a role or a user', () => {
    expect(iamPrincipalPage({ partition: 'aws', kind: 'role', name: 'deploy' })).toBe(
      'https://console.aws.amazon.com/iam/home#/roles/details/deploy?section=permissions',
    );
    expect(iamPrincipalPage({ partition: 'aws-us-gov', kind: 'user', name: 'alice' })).toBe(
      'https://console.amazonaws-us-gov.com/iam/home#/users/details/alice?section=permissions',
    );
  });

  it('the IAM page is found for names with all the signs that IAM allows', () => {
    expect(iamPrincipalPage({ partition: 'aws', kind: 'user', name: 'a+b=c,d.e@f_g-h' })).toBe(
      'https://console.aws.amazon.com/iam/home#/users/details/a%2Bb%3Dc%2Cd.e%40f_g-h?section=permissions',
    );
  });
});

it('the page of an event is in the history of its region', () => {
  const eventId = '90c72977-31e0-4079-9a74-ee25e5d7aadf';
  expect(cloudTrailEventPage({ partition: 'aws-cn', region: 'cn-north-1', eventId })).toBe(
    `https://console.amazonaws.cn/cloudtrailv2/home?region=cn-north-1#/events/${eventId}`,
  );
});

describe('the destination', () => {
  it('the destination in the console is a service or the console’s home, in the region', () => {
    expect(consoleDestination({ partition: 'aws', region: 'eu-central-1', service: 's3' })).toBe('https://console.aws.amazon.com/s3/home?region=eu-central-1');
    expect(consoleDestination({ partition: 'aws-eusc', region: 'eusc-de-east-1', service: null })).toBe(
      'https://console.amazonaws-eusc.eu/console/home?region=eusc-de-east-1',
    );
  });

  it.each(['/example.com', '@example.com', '../..', 's3?region=', 's3#', 's3\\'])(
    'the destination in the console stays on the console’s host with the service “%s”',
    (service) => {
      const { host, search } = new URL(consoleDestination({ partition: 'aws', region: 'eu-central-1', service }) ?? '');
      expect([host, search]).toEqual(['console.aws.amazon.com', '?region=eu-central-1']);
    },
  );
});
