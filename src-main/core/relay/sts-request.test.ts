import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timesOf, tried } from '../../../testing/trust/times.ts';
import { formOf, parseStsRequest, type CarriedRequest } from './sts-request.ts';

const form = 'application/x-www-form-urlencoded; charset=utf-8';
const posted = (body: string, rest: Partial<CarriedRequest> = {}) => parseStsRequest({ method: 'POST', query: '', contentType: form, body, ...rest });
const reasonOf = (body: string, rest: Partial<CarriedRequest> = {}) => {
  const read = posted(body, rest);
  return read.kind === 'invalid' ? read.reason : null;
};

describe('a call of STS', () => {
  it('is read from the form of a POST, escapes and plus signs included', () => {
    expect(posted('Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A222222222222%3Arole%2Fa%2Bb&RoleSessionName=al+ice%E3%81%82')).toEqual({
      kind: 'request',
      request: {
        action: 'AssumeRole',
        parameters: new Map([
          ['RoleArn', 'arn:aws:iam::222222222222:role/a+b'],
          ['RoleSessionName', 'al iceあ'],
        ]),
      },
    });
  });

  it('is read from the query string of a GET, without what belongs to the signature', () => {
    const read = parseStsRequest({
      method: 'GET',
      query: 'Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Date=20261128T000000Z',
      contentType: '',
      body: '',
    });
    expect(read).toEqual({ kind: 'request', request: { action: 'GetCallerIdentity', parameters: new Map() } });
  });

  it('is written anew as it was read, so that nobody reads it in another way', () => {
    const body = 'Tags.member.1.Key=a%26b&Action=AssumeRole&Tags.member.1.Value=%3D+%2B';
    const read = posted(body);
    if (read.kind === 'invalid') throw new Error(read.reason);
    expect(formOf(read.request)).toBe('Action=AssumeRole&Version=2011-06-15&Tags.member.1.Key=a%26b&Tags.member.1.Value=%3D%20%2B');
    expect(posted(formOf(read.request))).toEqual(read);
  });

  it.each([
    ['a parameter that is there twice', 'Action=AssumeRole&RoleArn=a&RoleArn=b'],
    ['a parameter that is there twice', 'Action=AssumeRole&RoleArn=a&rolearn=b'],
    ['a parameter that is there twice', 'Action=AssumeRole&Action=GetCallerIdentity'],
    ['a parameter whose name is none', 'Action=AssumeRole&Role%00Arn=a'],
    ['a parameter whose name is none', 'Action=AssumeRole&=a'],
    ['a parameter whose name is none', 'Action=AssumeRole&__proto__=a'],
    ['a broken escape', 'Action=AssumeRole&RoleArn=%zz'],
    ['a broken escape', 'Action=AssumeRole&RoleArn=%ff'],
    ['no action', 'RoleArn=a'],
    ['no action', ''],
    ['no action', 'Action=Assume-Role'],
    ['another version of the API', 'Action=AssumeRole&Version=2099-01-01'],
    ['more than 300 parameters', `Action=AssumeRole&${Array.from({ length: 301 }, (_, index) => `a${index}=`).join('&')}`],
  ])('is refused with %s: %s', (reason, body) => {
    expect(reasonOf(body)).toBe(reason);
  });

  it('is refused where it is no form, is one beside a query, or comes by another method', () => {
    expect(reasonOf('{}', { contentType: 'application/x-amz-json-1.1' })).toBe('no form of the query protocol');
    expect(reasonOf('Action=AssumeRole', { query: 'RoleArn=a' })).toBe('a query string beside a form');
    expect(reasonOf('Action=AssumeRole', { method: 'GET' })).toBe('a GET with a body');
    expect(reasonOf('', { method: 'DELETE' })).toBe('neither a POST nor a GET');
  });

  it('of random pieces is read as another parser reads it, each name once, or is refused', (context) => {
    const pieces = ['&', '=', '%', '%2', '%41', '%26', '\0', '+', 'あ', '\ud800', '&RoleArn=', '&rolearn=', '&Role%41rn=', '&Action=', '.', '&X-Amz-Date='];
    const numRuns = timesOf({ usual: 3000, thorough: 10_000 });
    const read = { request: 0, invalid: 0 };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (some) => {
        const body = `Action=AssumeRole${some.join('')}`;
        const found = posted(body);
        read[found.kind] += 1;
        if (found.kind === 'invalid') return;
        const names = [...found.request.parameters.keys(), 'Action'].map((name) => name.toLowerCase());
        const others = [...new URLSearchParams(body)].filter(([name]) => !/^x-amz-/i.test(name));
        expect(others.map(([name]) => name.toLowerCase()).toSorted()).toEqual(names.toSorted());
        expect(new URLSearchParams(Object.fromEntries(found.request.parameters)).toString()).toBe(
          new URLSearchParams(others.filter(([name]) => name !== 'Action')).toString(),
        );
      }),
      { numRuns },
    );
    expect(Math.min(read.request, read.invalid)).toBeGreaterThan(numRuns / 20);
    tried(context, numRuns);
  });
});
