import type { RequestHead } from './aws-request.ts';
import { validationError } from './aws-error.ts';

/** The parameters of a query-protocol request. */
export type Parameters = ReadonlyMap<string, string>;

/** Reads the form-encoded body of a POST, and the query string, which a presigned GET uses instead. */
export function readParameters(head: RequestHead, body: Buffer): Parameters {
  const form = head.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  const fromQuery = Object.entries(head.query).map(([name, value]): [string, string] => [name, [value].flat()[0] ?? '']);
  return new Map([...fromQuery, ...new URLSearchParams(form ? body.toString('utf8') : '')]);
}

/** The values of a list, `TransitiveTagKeys.member.1` and so on, in order. */
export function listed(parameters: Parameters, name: string): readonly string[] {
  const values: string[] = [];
  for (;;) {
    const value = parameters.get(`${name}.member.${values.length + 1}`);
    if (value === undefined) return values;
    values.push(value);
  }
}

/** Throws ValidationError where the parameter is missing. */
export function required(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw validationError(`${name} is required`);
  return value;
}
