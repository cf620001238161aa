import { expect, it } from 'vitest';
import { activityEvent } from './activity.ts';

const record = {
  eventID: '7f6f0a52-0000-4000-8000-000000000001',
  eventTime: '2026-11-27T10:00:00Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'CreateBucket',
  awsRegion: 'eu-west-1',
};
const event = (more: object, partition = 'aws') => activityEvent(JSON.stringify({ ...record, ...more }), partition);

it('an event says what was called, where, and how it went', () => {
  expect(event({ errorCode: 'AccessDenied', readOnly: false, requestParameters: { bucketName: 'logs' }, responseElements: null })).toEqual({
    eventId: record.eventID,
    at: record.eventTime,
    service: 's3',
    name: 'CreateBucket',
    region: 'eu-west-1',
    error: 'AccessDenied',
    readOnly: false,
    assumed: null,
    consoleUrl: `https://console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/${record.eventID}`,
  });
});

it('an AssumeRole that went through leads to the session that came of it, and has nothing of its secrets', () => {
  const credentials = { accessKeyId: 'ASIANEW', sessionToken: 'canary', secretAccessKey: 'canary' };
  const found = event({
    eventName: 'AssumeRole',
    requestParameters: { roleArn: 'arn:aws:iam::222222222222:role/deploy', tokenCode: 'canary' },
    responseElements: { credentials },
  });
  expect(found?.assumed).toEqual({ roleArn: 'arn:aws:iam::222222222222:role/deploy', accessKeyId: 'ASIANEW' });
  expect(JSON.stringify(found)).not.toContain('canary');
  expect(
    event({
      eventName: 'AssumeRole',
      requestParameters: { roleArn: 'arn:aws:iam::222222222222:role/deploy' },
      errorCode: 'AccessDenied',
      responseElements: null,
    })?.assumed,
  ).toBeNull();
});

it('parameters and answers of any other shape are no reason to leave an event out', () => {
  for (const more of [
    { requestParameters: 'text', responseElements: [1] },
    { requestParameters: { roleArn: 7 }, responseElements: { credentials: { accessKeyId: null } } },
  ]) {
    expect(event(more)).toMatchObject({ name: 'CreateBucket', assumed: null });
  }
});

it('of an unknown partition’s console there is no page, and what is no record is no event', () => {
  expect(event({}, 'aws-iso')?.consoleUrl).toBeNull();
  for (const text of ['', 'null', '[]', '{"eventID":1}']) expect(activityEvent(text, 'aws')).toBeNull();
});
