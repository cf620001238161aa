import type { Parameters } from './parameters.ts';

/** One call that reached the local AWS, recorded when it was answered. */
export type Call = {
  /** The signing name: `sts`, `iam`, `s3`, …; empty where the request was not signed. */
  readonly service: string;
  /** The API's name of the action; for REST services the method and path (`PUT /bucket`). */
  readonly action: string;
  /** The parameters of an STS or IAM call, without MFA codes and tokens and without those of the signature. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Null where the request was not signed. */
  readonly accessKeyId: string | null;
  /** The caller's account; null where the credentials were refused. */
  readonly accountId: string | null;
  /**
   * `Success`, an AWS error code, `ConnectionDropped`, `NoAnswer`, `AnsweredByAnother`, `AnswerDropped` and
   * `AnswerCut` after it took effect, or the status of a forwarded call, such as `HTTP 404`.
   */
  readonly outcome: string;
  /** When the call came in, in epoch milliseconds of this machine. */
  readonly at: number;
};

/** A call that has come in, before anything is known of its caller and of its end. */
export function arrivedCall(named: Pick<Call, 'service' | 'action' | 'parameters'>): Call {
  return { ...named, accessKeyId: null, accountId: null, outcome: 'Success', at: Date.now() };
}

/** The parameters of a call that may be shown: a code and a signature are secrets. */
export function recordedParameters(parameters: Parameters): Call['parameters'] {
  return Object.fromEntries([...parameters].filter(([name]) => name !== 'TokenCode' && name !== 'WebIdentityToken' && !/^x-amz-/i.test(name)));
}
