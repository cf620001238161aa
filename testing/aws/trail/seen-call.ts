import type { XmlContent } from '../wire/xml.ts';
import type { AwsError } from '../wire/aws-error.ts';
import { recordedParameters } from '../wire/call-record.ts';
import type { Credentials } from '../identities/credentials.ts';
import type { Directory } from '../identities/directory.ts';
import { s3Event } from './s3-event-name.ts';
import type { SignedRequest } from '../wire/signed-request.ts';
import type { SeenCall } from './trail-event.ts';

/** Data events, which LookupEvents never returns: "Logging data events", CloudTrail User Guide. */
const dynamoDbData = /^(?:Batch(?:Get|Write)Item|(?:Get|Put|Update|Delete)Item|Query|Scan|Transact\w+|\w*Execute\w+)$/;

/** The actions whose answers CloudTrail keeps, without their secrets. */
const answersKept = ['AssumeRole', 'GetSessionToken', 'CreateAccessKey'];

/** Left out, secret or not: CloudTrail writes `expiration` in a form of its own. */
const notKept = ['SecretAccessKey', 'SessionToken', 'Expiration'];

export type Answered = {
  readonly requestId: string;
  /** Epoch milliseconds of AWS's clock. */
  readonly at: number;
  /** Null where the call was refused or forwarded. */
  readonly result: XmlContent;
  readonly refusal: Pick<AwsError, 'code' | 'message'> | null;
};

/** What CloudTrail sees of a call; null for a data event. */
export function seenCall(request: SignedRequest, caller: Credentials, directory: Directory, { requestId, at, result, refusal }: Answered): SeenCall | null {
  const { incoming, claim, head, action } = request;
  const s3 = claim.service === 's3' ? s3Event(head) : undefined;
  if (s3 === null || (claim.service === 'dynamodb' && dynamoDbData.test(action))) return null;
  const assumed = action === 'AssumeRole' && refusal === null ? request.parameters.get('RoleArn') : undefined;
  return {
    caller,
    service: claim.service,
    eventName: s3?.eventName ?? action,
    region: claim.region,
    at,
    requestId,
    sourceIpAddress: incoming.socket.remoteAddress ?? '127.0.0.1',
    userAgent: head.headers['user-agent'] ?? '',
    requestParameters: s3 === undefined ? requestParameters(request) : s3.bucketName === null ? null : { bucketName: s3.bucketName },
    responseElements: answersKept.includes(action) ? withoutSecrets(result) : null,
    refusal: refusal && { code: inTrailWords(refusal.code), message: refusal.message },
    eventType: 'AwsApiCall',
    assumedRole: directory.roles.find(({ arn }) => arn === assumed) ?? null,
  };
}

/** CloudTrail uses the names of IAM's exceptions, for which the query protocol has shorter codes. */
function inTrailWords(code: string): string {
  return ['NoSuchEntity', 'LimitExceeded', 'MalformedPolicyDocument'].includes(code) ? `${code}Exception` : code;
}

/** The parameters of STS and IAM calls; those of other services may hold secrets. */
function requestParameters({ claim, parameters }: SignedRequest): Record<string, string | number> | null {
  if (claim.service !== 'sts' && claim.service !== 'iam') return null;
  const asked = Object.entries(recordedParameters(parameters))
    .filter(([name]) => name !== 'Action' && name !== 'Version')
    .map(([name, value]): [string, string | number] => [camelCase(name), name === 'DurationSeconds' ? Number(value) : value]);
  return asked.length === 0 ? null : Object.fromEntries(asked);
}

function withoutSecrets(content: XmlContent): Record<string, unknown> | null {
  if (content === null || typeof content !== 'object') return null;
  const kept = Object.entries(content).filter(([name]) => !notKept.includes(name));
  return Object.fromEntries(kept.map(([name, inner]: [string, XmlContent]) => [camelCase(name), withoutSecrets(inner) ?? inner]));
}

const camelCase = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
