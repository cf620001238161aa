import { z } from 'zod';
import { AwsError } from './aws-error.ts';

/** A call of a service with a JSON protocol, by a caller who may make it. */
export type JsonCall = {
  /** The caller's. */
  readonly accountId: string;
  readonly region: string;
  /** Epoch milliseconds of AWS's clock. */
  readonly now: number;
  /** Reads the body; throws ValidationException where it is something else. */
  readonly read: <Schema extends z.ZodType>(schema: Schema) => z.infer<Schema>;
};

/** What a service answers, by the names of its actions. They throw AwsError. */
export type JsonService = Readonly<Record<string, (call: JsonCall) => object>>;

export function jsonCall(body: Buffer, rest: Omit<JsonCall, 'read'>): JsonCall {
  return {
    ...rest,
    read: (schema) => {
      const parsed = schema.safeParse(JSON.parse(body.toString('utf8') || '{}'));
      if (!parsed.success) throw new AwsError('ValidationException', 400, z.prettifyError(parsed.error));
      return parsed.data;
    },
  };
}

export function tagsOf(tags: readonly { readonly Key: string; readonly Value: string }[]): ReadonlyMap<string, string> {
  return new Map(tags.map(({ Key, Value }) => [Key, Value]));
}
