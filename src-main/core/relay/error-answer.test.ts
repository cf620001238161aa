import { expect, it } from 'vitest';
import { errorAnswer } from './error-answer.ts';

const refused = (message: string, type = 'application/x-www-form-urlencoded') =>
  errorAnswer({ status: 403, code: 'AccessDenied', message, requestId: 'a-b' }, type);

it('a refusal has the form of STS’s own', () => {
  expect(refused('Not there.')).toEqual({
    status: 403,
    contentType: 'text/xml',
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Not there.</Message></Error><RequestId>a-b</RequestId></ErrorResponse>\n`,
  });
});

it('a sentence cannot break out of it, nor bring a terminal’s control characters', () => {
  const { body } = refused(`</Message><Code>"x"&'\u001b[31m\0\ud800\uffff あ`);
  expect(body).toContain('<Message>&lt;/Message&gt;&lt;Code&gt;&quot;x&quot;&amp;&apos; [31m    あ</Message>');
});

it('a client that sent JSON is refused in JSON', () => {
  const { contentType, body } = refused('Not "there".', 'application/x-amz-json-1.1');
  expect(contentType).toBe('application/x-amz-json-1.1');
  expect(JSON.parse(body)).toEqual({ __type: 'AccessDenied', message: 'Not "there".' });
});
