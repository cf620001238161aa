/** One call that reached the local AWS, recorded when it was answered. */
export type Call = {
  /** The signing name: `sts`, `iam`, `s3`, …; empty where the request was not signed. */
  readonly service: string;
  /** The API's name of the action; for REST services the method and path (`PUT /bucket`). */
  readonly action: string;
  /** Null where the request was not signed. */
  readonly accessKeyId: string | null;
  /** The caller's account; null where the credentials were refused. */
  readonly accountId: string | null;
  /** `Success`, an AWS error code, `ConnectionDropped`, or `HTTP 404` and so on of a forwarded call. */
  readonly outcome: string;
  /** When the call came in, in epoch milliseconds of this machine. */
  readonly at: number;
};
