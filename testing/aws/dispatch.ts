import { buffer } from 'node:stream/consumers';
import { AwsError } from './wire/aws-error.ts';
import type { CloudTrail } from './trail/cloud-trail.ts';
import { principalOf, type Credentials, type CredentialStore } from './identities/credentials.ts';
import type { Directory } from './identities/directory.ts';
import { forward, forwardedHeaders } from './services/forward.ts';
import { answerIam } from './services/iam.ts';
import { queryAnswer, type QueryService } from './wire/query-answer.ts';
import { typedReply, type Outcome } from './wire/reply.ts';
import type { SignedRequest } from './wire/signed-request.ts';
import { createSecretsManager } from './services/secrets-manager.ts';
import { createSsm } from './services/ssm.ts';
import { answerSts } from './services/sts.ts';
import { jsonCall, type JsonService } from './wire/json-service.ts';
import { answerS3 } from './s3/answer-s3.ts';
import type { Buckets } from './s3/bucket.ts';
import { readPayload } from './s3/payload.ts';
import { s3Request } from './s3/s3-request.ts';
import type { Clock } from './wire/clock.ts';
import type { XmlContent } from './wire/xml.ts';

/** What answers calls: the parts of the local AWS, and where to find moto for the rest. */
export type Services = {
  readonly directory: Directory;
  readonly store: CredentialStore;
  readonly trail: CloudTrail;
  readonly buckets: Buckets;
  /** By their signing names. */
  readonly jsonServices: Readonly<Record<string, JsonService>>;
  readonly clock: Clock;
  /** Where moto listens, or null. */
  readonly motoPort: number | null;
};

/** The JavaScript SDK names the service without its Java package. */
const lookupTargets = ['com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents', 'CloudTrail_20131101.LookupEvents'];

/** The services with a JSON protocol that are here, with what they keep. */
export const createJsonServices = (): Services['jsonServices'] => ({ ssm: createSsm(), secretsmanager: createSecretsManager() });

/** Hands a call that is allowed to its service: STS, IAM, S3, SSM, Secrets Manager and LookupEvents are answered here, moto answers the rest where it was asked for. Throws AwsError. */
export async function dispatch(services: Services, request: SignedRequest, caller: Credentials, requestId: string): Promise<Outcome> {
  const { claim, action, parameters } = request;
  const { store, directory, motoPort } = services;
  const { accountId } = principalOf(caller);
  if (claim.service === 'sts') {
    return queryOutcome('sts', action, answerSts(action, parameters, caller, store, directory), requestId);
  }
  if (claim.service === 'iam') {
    const answered = answerIam(action, parameters, caller, store, directory);
    if (answered.kind === 'answered') return queryOutcome('iam', action, answered.result, requestId);
    if (motoPort === null && answered.refusal !== null) throw answered.refusal;
  }
  if (claim.service === 's3') return s3Outcome(services, request, accountId, requestId);
  const json = jsonAnswer(services, request, accountId);
  if (json !== null) return { reply: typedReply(200, 'application/x-amz-json-1.1', JSON.stringify(json)), result: null, refusal: null };
  if (motoPort === null) {
    const message = `The local AWS answers ${claim.service}:${action} only with moto, where moto_server is installed.`;
    throw new AwsError('NotImplemented', 501, message);
  }
  return passOn(request, accountId, motoPort);
}

/** The answer of a service with a JSON protocol; null where the action is unknown here. Throws AwsError. */
function jsonAnswer({ trail, jsonServices, clock }: Services, { claim, action, head, body }: SignedRequest, accountId: string): object | null {
  const { service, region } = claim;
  if (service === 'cloudtrail' && lookupTargets.includes(head.headers['x-amz-target'] ?? ''))
    return trail.lookUp(body?.toString('utf8') ?? '', accountId, region);
  const actions = Object.hasOwn(jsonServices, service) ? jsonServices[service] : undefined;
  if (actions === undefined || !Object.hasOwn(actions, action)) return null;
  return actions[action]?.(jsonCall(body ?? Buffer.alloc(0), { accountId, region, now: clock() })) ?? null;
}

function queryOutcome(service: QueryService, action: string, result: XmlContent, requestId: string): Outcome {
  return { reply: typedReply(200, 'text/xml', queryAnswer(service, action, result, requestId)), result, refusal: null };
}

async function s3Outcome({ buckets, clock }: Services, { incoming, head, claim }: SignedRequest, accountId: string, requestId: string): Promise<Outcome> {
  const { body, headers } = readPayload(await buffer(incoming), head.headers);
  const request = s3Request({ ...head, headers }, { body, accountId, region: claim.region, now: clock() });
  const answer = answerS3(request, Object.keys(head.query), buckets);
  return { reply: { kind: 'reply', ...answer, headers: { ...answer.headers, 'x-amz-request-id': requestId } }, result: null, refusal: null };
}

async function passOn({ incoming, body }: SignedRequest, accountId: string, motoPort: number): Promise<Outcome> {
  const forwarded = await forward(incoming, body ?? (await buffer(incoming)), accountId, motoPort);
  const { statusCode: status = 502 } = forwarded;
  const reply = { kind: 'reply', status, headers: forwardedHeaders(forwarded) } as const;
  if (status < 400) return { reply: { ...reply, body: forwarded }, result: null, refusal: null };
  const refusal = await buffer(forwarded);
  return { reply: { ...reply, body: refusal }, result: null, refusal: readRefusal(refusal.toString('utf8'), status) };
}

/** The error in an answer of either protocol. The answer to a HEAD has nothing but its status. */
function readRefusal(body: string, status: number): { readonly code: string; readonly message: string } {
  const read = (inXml: string, inJson: string) => (new RegExp(`<${inXml}>([^<]*)<`).exec(body) ?? new RegExp(`"(?:${inJson})": *"([^"]*)"`).exec(body))?.[1];
  // JSON puts a namespace before the code: `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException`.
  const code = read('Code', '__type|code')?.split('#').at(-1);
  return { code: code ?? `HTTP ${status}`, message: read('Message', '[mM]essage') ?? '' };
}
