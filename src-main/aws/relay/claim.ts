/** What a request says about its signature ("Create a signed AWS API request", IAM User Guide). */
export type Claim = {
  readonly accessKeyId: string;
  /** `YYYYMMDD`, as in the credential scope. */
  readonly date: string;
  readonly region: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** When it was signed, as it is written in the request and in epoch milliseconds. */
  readonly requestTime: string;
  readonly signedAt: number;
  /** Null where there is none. */
  readonly sessionToken: string | null;
};

/** A request as it arrived. Header names are in lower case; of a header that came twice, the values are joined. */
export type ArrivedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

const authorization =
  /^AWS4-HMAC-SHA256 +Credential=([\w]{16,128})\/(\d{8})\/([a-z0-9-]{1,40})\/sts\/aws4_request, *SignedHeaders=([a-z0-9;-]{1,1000}), *Signature=([0-9a-f]{64})$/;

/** The claim of a request for STS; null where it makes none, or not in its `Authorization` header. */
export function claimOf({ headers }: Pick<ArrivedRequest, 'headers'>): Claim | null {
  const [, accessKeyId, date, region, signedHeaders, signature] = authorization.exec(headers['authorization'] ?? '') ?? [];
  if (!accessKeyId || !date || !region || !signedHeaders || !signature) return null;
  const requestTime = headers['x-amz-date'] ?? '';
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(requestTime) ?? [];
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(signedAt) || !requestTime.startsWith(date)) return null;
  return {
    accessKeyId,
    date,
    region,
    signedHeaders: signedHeaders.split(';'),
    signature,
    requestTime,
    signedAt,
    sessionToken: headers['x-amz-security-token'] ?? null,
  };
}
